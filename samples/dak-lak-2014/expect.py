"""Computes what the year of the sample must come to, from the story alone.

In:  story/*.csv (what every unit reported, registered and sent when) and the scoring tables of
     templates/dak-lak-2014/scoring.toml, which are data of the board.
Out: expected/indicators.csv, scores.csv, classes.csv, rankings.csv, coverage.csv.

It shares nothing with the product: other language, other arithmetic (exact fractions), other
order of work. The indicators stand below as the guidance words them, so that a reader can check
them by hand. Rules kept here (section II and VI of the guidance, and the settings of the sample):

* "trên" is >, "đạt" and "trở lên" are >=, "dưới" is <, ranges are met inside and exceeded above;
* counts are added up and then divided, a share is never averaged;
* a missing report is no zero: it is left out, and counts as missing;
* a denominator of zero does not apply, unless units that may have something to count are missing;
* a part above its whole has no verdict and is not added up.
"""

import csv
import tomllib
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
STORY = HERE / "story"
SCORING = HERE.parent.parent / "templates" / "dak-lak-2014" / "scoring.toml"

AS_OF = {"dang-ky": "2014-02-20", "dot-1": "2014-05-31", "dot-2": "2014-11-30"}
PERIODS = list(AS_OF)
JUDGED = {"dang-ky", "dot-2"}
# The first moment that is too late, by document, period and level.
TOO_LATE = {
    ("ke-hoach", "dang-ky", "superior"): "2014-02-20",
    ("ke-hoach", "dang-ky", "grassroots"): "2014-02-11",
    ("dang-ky", "dang-ky", "superior"): "2014-02-21",
    ("dang-ky", "dang-ky", "grassroots"): "2014-02-11",
    ("bao-cao", "dot-1", "grassroots"): "2014-06-06",
    ("bao-cao", "dot-1", "superior"): "2014-06-16",
    ("bao-cao", "dot-1", "province"): "2014-06-21",
    ("bao-cao", "dot-2", "grassroots"): "2014-12-06",
    ("bao-cao", "dot-2", "superior"): "2014-12-16",
    ("bao-cao", "dot-2", "province"): "2014-12-21",
}
LEVEL = {"tinh": "province", "huyen": "superior", "nganh": "superior", "vien-chuc": "superior"}
AGENCIES = ("hanh-chinh", "su-nghiep")


def table(name):
    with open(STORY / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- the story


class Story:
    def __init__(self):
        self.spans = {}
        for row in table("units.csv"):
            self.spans.setdefault(row["code"], []).append(row)
        self.units = list(self.spans)
        self.facts = {period: {} for period in PERIODS}
        for period, names in (("dang-ky", ["dang-ky.csv"]), ("dot-1", ["cdcs-dot-1.csv", "cap-tren-dot-1.csv"]), ("dot-2", ["cdcs-dot-2.csv", "cap-tren-dot-2.csv"])):
            for name in names:
                for row in table(name):
                    self.facts[period][row.pop("unit")] = {field: value for field, value in row.items() if value != ""}
        # The official classes are facts of the unit that a row names.
        self.official = {}
        self.leaders = set()
        for row in table("ds-xep-loai.csv"):
            facts = self.facts[row["period"]].setdefault(row["unit"], {})
            for kind in ("vmxs", "vm", "kha", "tb", "yeu"):
                facts[f"class_{kind}"] = "1" if row["class"] == kind else "0"
            for kind in ("xs", "tot", "kha", "tb", "yeu"):
                facts[f"ubkt_{kind}"] = "1" if row["ubkt"] == kind else "0"
            if row["class"] != "chua-xep":
                self.official[row["unit"]] = row["class"]
            if row["leader"]:
                self.leaders.add(row["unit"])
        self.assigned = {(row["unit"], row["indicator"]): Fraction(row["value"]) for row in table("targets.csv")}
        self.decisions = table("decisions.csv")
        for row in self.decisions:
            if row["what"] == "xep-loai":
                self.official[row["unit"]] = row["value"]
        self.received = {}
        for row in table("so-nhan.csv"):
            key = (row["document"], row["period"], row["unit"])
            self.received[key] = max(self.received.get(key, ""), row["received_at"])

    def at(self, unit, period):
        """The unit as it stands in the register at the period's date, or None."""
        day = AS_OF[period]
        return next((s for s in self.spans[unit] if s["valid_from"] <= day and (not s["valid_to"] or day <= s["valid_to"])), None)

    def level(self, unit):
        return LEVEL.get(self.spans[unit][0]["kind"], "grassroots")

    def due(self, period):
        """Units that live at the period's date and owe reports (central unions owe none)."""
        return [u for u in self.units if (span := self.at(u, period)) and span["kind"] != "cdcs-tw"]

    def children(self, unit, period):
        return [u for u in self.due(period) if self.at(u, period)["parent"] == unit]

    def status(self, document, period, unit):
        """on_time, late, missing, or not_due."""
        too_late = TOO_LATE.get((document, period, self.level(unit)))
        if too_late is None or self.at(unit, period) is None or self.at(unit, period)["kind"] == "cdcs-tw":
            return "not_due"
        received = self.received.get((document, period, unit))
        if received is None:
            return "missing"
        return "on_time" if received < too_late else "late"

    def number(self, unit, period, *fields):
        """The sum of fields, or None when one of them was not reported."""
        facts = self.facts[period].get(unit, {})
        if any(field not in facts for field in fields):
            return None
        return sum(Fraction(facts[field]) for field in fields)

    def derived(self, name, unit, period):
        """What the register and the receipts know of a unit itself."""
        sector = self.at(unit, period)["sector"]
        if name == "grassroots":
            return 1
        if name == "cbcc_due":
            return int(sector in AGENCIES)
        if name == "nld_soe_due":
            return int(sector == "dnnn")
        if name == "nld_private_due":
            return int(sector == "dn-ngoai-nn")
        raise KeyError(name)


STORY_OF = Story()


# ---------------------------------------------------------------- indicators


def fields(*names):
    return lambda unit, period: STORY_OF.number(unit, period, *names)


def due(name):
    """How many must: from the register at the grassroots, from form 2 or the registration above."""

    def of(unit, period):
        if STORY_OF.level(unit) == "grassroots":
            return Fraction(STORY_OF.derived(name, unit, period))
        return STORY_OF.number(unit, period, name)

    return of


def held(name, must):
    """Conferences held; where none must be held there is nothing to report."""

    def of(unit, period):
        if due(must)(unit, period) == 0:
            return Fraction(0)
        return STORY_OF.number(unit, period, name)

    return of


def committees(*names):
    """Inspection committees exist from 30 members on."""

    def of(unit, period):
        members = STORY_OF.number(unit, period, "members")
        if members is not None and members < 30:
            return Fraction(0)
        if members is None:
            return None
        return STORY_OF.number(unit, period, *names)

    return of


def on_time(document, levels):
    def of(unit, period):
        if STORY_OF.level(unit) not in levels:
            return None
        return Fraction(int(STORY_OF.status(document, period, unit) == "on_time"))

    return of


def one(levels):
    return lambda unit, period: Fraction(1) if STORY_OF.level(unit) in levels else None


CLASSED = ["class_vmxs", "class_vm", "class_kha", "class_tb", "class_yeu"]
UBKT = ["ubkt_xs", "ubkt_tot", "ubkt_kha", "ubkt_tb", "ubkt_yeu"]
GSP, SP = ("grassroots", "superior", "province"), ("superior", "province")
WAVES, REGISTRATION, YEAR = ("dot-1", "dot-2"), ("dang-ky",), ("dot-2",)
REPORTING = ("grassroots", "superior")


class Indicator:
    """One line of section II or VI.

    `above`: where units above the grassroots take numerator and denominator from; the default is
    the unit's basis (its own form 2, or the sum of its units). "own", "children", "both".
    """

    def __init__(self, id, numerator, denominator, rule, *limits, levels=GSP, periods=WAVES, yearly=False, below=True, superior=None, province=None):
        self.id, self.numerator, self.denominator, self.rule = id, numerator, denominator, rule
        self.limits = [Fraction(limit) for limit in limits]
        self.levels, self.periods, self.yearly, self.holds_below = levels, periods, yearly, below
        self.superior, self.province = superior or ("basis", "basis"), province or ("basis", "basis")


INDICATORS = [
    Indicator("CT01", fields("reached"), fields("workers"), ">", 90),
    Indicator("CT02", fields("culture_ok"), due("grassroots"), ">", 90),
    Indicator("CT03A", held("cbcc_held", "cbcc_due"), due("cbcc_due"), "=", 100, yearly=True),
    Indicator("CT03B", held("nld_soe_held", "nld_soe_due"), due("nld_soe_due"), ">=", 95, yearly=True),
    Indicator("CT03C", held("nld_private_held", "nld_private_due"), due("nld_private_due"), ">=", 50, yearly=True),
    Indicator("CT04", fields("houses_built", "houses_repaired"), None, ">=", 80, below=False),
    Indicator("CT05", fields("solidarity_fund"), due("grassroots"), ">", 90),
    Indicator("CT06A", fields("admitted"), None, "range", 1800, 2000, below=False),
    Indicator("CT06B", fields("founded"), None, "range", 25, 30, levels=SP, below=False, superior=("own", None)),
    Indicator("CT07A", fields("class_vmxs", "class_vm"), fields(*CLASSED), ">", 85, periods=YEAR, yearly=True),
    Indicator("CT07B", fields("class_tb", "class_yeu"), fields(*CLASSED), "<", 1, periods=YEAR, yearly=True),
    Indicator("CT08", committees(*UBKT[:3]), committees(*UBKT), ">", 80, periods=YEAR, yearly=True),
    Indicator("CT09A", fields("sent_study"), None, "range", 5, 6, levels=SP, below=False, superior=("own", None), province=("both", None)),
    Indicator("CT09B", fields("classes_held"), None, "range", 14, 16, levels=SP, below=False, superior=("own", None), province=("both", None)),
    Indicator("CT09C", fields("part_trained"), fields("officers_part"), ">", 90),
    Indicator("CT10", fields("gvn_dvn"), fields("workers_female"), ">", 80, yearly=True),
    Indicator("CT11A", fields("income_kpcd", "income_dues", "income_other"), fields("income_estimate"), ">=", 100, province=("children", "own")),
    Indicator("CT11B", fields("spending_ok"), None, "yes", yearly=True, superior=("own", None), province=("own", None)),
    Indicator("PT1", fields("titles_registered"), fields("workers"), "=", 100, periods=REGISTRATION),
    Indicator("PT2", fields("pledge_signed"), due("grassroots"), "=", 100, periods=REGISTRATION),
    Indicator("PT3", on_time("ke-hoach", ("superior",)), one(("superior",)), "=", 100, levels=SP, periods=REGISTRATION, superior=("own", "own")),
    Indicator("PT4", on_time("bao-cao", REPORTING), one(REPORTING), "=", 100, superior=("both", "both")),
    Indicator("PT5", fields("works_done"), fields("works_registered"), "=", 100),
]
BY_ID = {indicator.id: indicator for indicator in INDICATORS}

class Figure:
    """`is_open`: those that reported have nothing to count, and others have not reported."""

    def __init__(self, numerator, denominator, is_share, is_open=False):
        self.numerator, self.denominator, self.is_share, self.is_open = numerator, denominator, is_share, is_open

    @property
    def is_there(self):
        return self.numerator is not None and (not self.is_share or self.denominator is not None)

    @property
    def is_credible(self):
        return self.is_there and not (self.is_share and self.numerator > self.denominator)

    @property
    def value(self):
        """Percent for shares, else the count."""
        if not self.is_there or (self.is_share and self.denominator == 0):
            return None
        return 100 * self.numerator / self.denominator if self.is_share else self.numerator


def is_part_of_whole(indicator):
    return indicator.denominator is not None and indicator.id != "CT11A"


_figures = {}


def figure(indicator, unit, period):
    key = (indicator.id, unit, period)
    if key not in _figures:
        _figures[key] = _figure(indicator, unit, period)
    return _figures[key]


def _figure(indicator, unit, period):
    level = STORY_OF.level(unit)
    is_share = indicator.denominator is not None
    if level == "grassroots":
        return Figure(indicator.numerator(unit, period), indicator.denominator(unit, period) if is_share else None, is_share)
    basis = STORY_OF.at(unit, period)["basis"]
    taken = indicator.superior if level == "superior" else indicator.province
    numerator, denominator = (basis if way == "basis" else way for way in taken)

    def counted():
        for child in STORY_OF.children(unit, period):
            if STORY_OF.level(child) not in indicator.levels:
                continue
            below = figure(indicator, child, period)
            if below.is_there and (below.is_credible or not is_part_of_whole(indicator)):
                yield below

    def gather(way, formula, part):
        own = formula(unit, period)
        if way == "own":
            return own
        parts = [getattr(below, part) for below in counted() if getattr(below, part) is not None]
        if way == "both" and own is not None:
            parts.append(own)
        return sum(parts) if parts else None

    def is_left_out(child):
        below = figure(indicator, child, period)
        return below.is_open or not below.is_there or (is_part_of_whole(indicator) and not below.is_credible)

    whole = gather(denominator, indicator.denominator, "denominator") if is_share else None
    asked = [child for child in STORY_OF.children(unit, period) if STORY_OF.level(child) in indicator.levels]
    is_open = whole == 0 and denominator != "own" and any(is_left_out(child) for child in asked)
    return Figure(gather(numerator, indicator.numerator, "numerator"), whole, is_share, is_open)


def meets(rule, value, limits):
    """met, exceeded or not_met, exactly."""
    if rule == "range":
        if value < limits[0]:
            return "not_met"
        return "exceeded" if len(limits) > 1 and value > limits[1] else "met"
    if rule == "yes":
        return "met" if value == 1 else "not_met"
    holds = {">": value.__gt__, ">=": value.__ge__, "=": value.__eq__, "<": value.__lt__, "<=": value.__le__}[rule]
    return "met" if holds(limits[0]) else "not_met"


# What a unit undertook to reach is reached when it is reached: its own limit is never strict.
OWN_RULE = {">": ">=", ">=": ">=", "=": ">=", "<": "<=", "range": ">=", "yes": "yes"}


def verdict(indicator, unit, period, limits, is_own=False):
    fig = figure(indicator, unit, period)
    judged = period in JUDGED
    if not fig.is_there or fig.is_open:
        return "not_yet_due" if indicator.yearly and not judged else "no_verdict"
    if fig.is_share and fig.denominator == 0:
        return "not_applicable"
    if is_part_of_whole(indicator) and not fig.is_credible:
        return "no_verdict"
    if limits is None:
        return "no_verdict"
    found = meets(OWN_RULE[indicator.rule] if is_own else indicator.rule, fig.value, limits)
    if judged:
        return found
    return "in_progress" if found == "not_met" else "reached"


def province_limits(indicator, unit):
    """The province's target, where it holds for the unit: shares everywhere, counts for itself."""
    if STORY_OF.level(unit) == "province" or indicator.holds_below:
        return indicator.limits
    return None


def own_target(indicator, unit):
    """(kind, value): what was assigned, else what the unit registered."""
    if (unit, indicator.id) in STORY_OF.assigned:
        return "assigned", STORY_OF.assigned[unit, indicator.id]
    registered = STORY_OF.facts["dang-ky"].get(unit, {}).get(f"target_{indicator.id}")
    return ("registered", Fraction(registered)) if registered is not None else (None, None)


# ---------------------------------------------------------------- points


def load_scoring():
    with open(SCORING, "rb") as file:
        return tomllib.load(file)


def table_for(scoring, usage, unit, period):
    span = STORY_OF.at(unit, period)
    for entry in scoring["tables"]:
        if entry["usage"] == usage and period in entry["periods"] and STORY_OF.level(unit) in entry["levels"]:
            if not entry.get("sectors") or span["sector"] in entry["sectors"]:
                return entry
    return None


def latest(indicator, unit, period):
    """The figure of the period, else of the latest period before that tells it."""
    told = [p for p in indicator.periods if PERIODS.index(p) <= PERIODS.index(period)]
    return told[-1] if told else None


def evaluate(formula, unit, period):
    """A formula over fields: of the unit's report, or the sum of its units on that basis."""
    names = [word for word in formula.replace("=", " ").replace(">", " ").split() if word[0].isalpha()]
    values = {}
    for name in names:
        values[name] = field_value(name, unit, period)
        if values[name] is None:
            return None
    python = " ".join("==" if word == "=" else word for word in formula.split())
    return eval(python, {"__builtins__": {}}, values)  # the formulas of scoring.toml, nothing else


def field_value(name, unit, period):
    level = STORY_OF.level(unit)
    if level == "grassroots" or STORY_OF.at(unit, period)["basis"] == "own":
        return STORY_OF.number(unit, period, name)
    values = [field_value(name, child, period) for child in STORY_OF.children(unit, period)]
    values = [value for value in values if value is not None]
    return sum(values) if values else None


def ratio(indicator, unit, period):
    """(A/T, why not): why not is 'missing' or 'not_applicable'.

    Missing: also what is told later in the year (a class in wave 1). Not applicable: the unit was
    not there when it was asked (a registration before it was founded), nothing must be held, or a
    count without a target.
    """
    at = latest(indicator, unit, period)
    if at is None:
        return None, "missing"
    if STORY_OF.at(unit, at) is None:
        return None, "not_applicable"
    fig = figure(indicator, unit, at)
    kind, target = own_target(indicator, unit)
    if kind is None and (indicator.holds_below or STORY_OF.level(unit) == "province"):
        target = indicator.limits[0]
    if (fig.is_there and fig.is_share and fig.denominator == 0 and not fig.is_open) or target is None or target == 0:
        return None, "not_applicable"
    if not fig.is_there or fig.is_open or (is_part_of_whole(indicator) and not fig.is_credible):
        return None, "missing"
    return fig.value / target, None


def mark(item, unit, period, best):
    """The part (0 to 1, penalties below 0) of its points that an item earns, or why not."""
    if "proportional" in item or "cluster_best" in item:
        indicator = BY_ID[item.get("proportional") or item["cluster_best"]]
        part, why = ratio(indicator, unit, period)
        if why:
            return why
        if "proportional" in item or part < 1:
            return min(part, Fraction(1)) if "proportional" in item else part / 2
        top = best(indicator)
        if top is None or part >= top:
            return Fraction(1)
        return Fraction(1, 2) + Fraction(1, 2) * (part - 1) / (top - 1)
    if "verdict" in item:
        indicator = BY_ID[item["verdict"]]
        at = latest(indicator, unit, period)
        if at is None:
            return "missing"
        if STORY_OF.at(unit, at) is None:
            return "not_applicable"
        _, target = own_target(indicator, unit)
        limits = [target] if target is not None else province_limits(indicator, unit)
        found = verdict(indicator, unit, at, limits, target is not None)
        if found == "not_applicable":
            return "not_applicable"
        if found in ("no_verdict", "not_yet_due"):
            return "missing"
        return Fraction(int(found in ("met", "exceeded", "reached")))
    if "yes_no" in item:
        holds = evaluate(item["yes_no"], unit, period)
        return "missing" if holds is None else Fraction(int(holds))
    terms = item.get("terms") or [{"count": item["count"], "each": item["each"]}]
    low = Fraction(str(item.get("min", 0)))
    total = Fraction(0)
    for term in terms:
        count = evaluate(term["count"], unit, period)
        if count is None:
            return "missing"
        total += count * Fraction(str(term["each"]))
    top = Fraction(str(item["points"]))
    return max(low, min(top, total)) / top


def score(entry, unit, period, best):
    """Points by criterion [(id, max, points)], the total, and for each standard (max, points, points
    that missing data could still add); a tree of two floors."""
    criteria = entry["criteria"]
    standards = [c for c in criteria if "in" not in c]
    items = {s["id"]: [c for c in criteria if c.get("in") == s["id"]] for s in standards}
    marks = {(s["id"], c["id"]): mark(c, unit, period, best) for s in standards for c in items[s["id"]]}
    weight = {s["id"]: Fraction(str(s["points"])) for s in standards}
    applies = {s["id"]: [c for c in items[s["id"]] if marks[s["id"], c["id"]] != "not_applicable"] for s in standards}
    alive = sum(weight[s["id"]] for s in standards if applies[s["id"]])
    whole = sum(weight.values())
    rows, total, floors = [], Fraction(0), []
    for standard in standards:
        id = standard["id"]
        top = whole * weight[id] / alive if applies[id] else Fraction(0)
        parts = sum(Fraction(str(c["points"])) for c in applies[id])
        points, opened, below = Fraction(0), Fraction(0), []
        for item in items[id]:
            found = marks[id, item["id"]]
            if found == "not_applicable":
                below.append((item["id"], Fraction(0), None))
                continue
            share = top * Fraction(str(item["points"])) / parts
            earned = Fraction(0) if found == "missing" else share * found
            points += earned
            opened += share if found == "missing" else 0
            below.append((item["id"], share, earned))
        rows.append((id, top, points if applies[id] else None))
        rows.extend(below)
        total += points
        if applies[id]:
            floors.append((top, points, opened))
    return rows, total, floors


# ---------------------------------------------------------------- classes and places


def registered(unit):
    """Registered at the start of the year; a union founded later could not."""
    status = STORY_OF.status("dang-ky", "dang-ky", unit)
    return status != "missing"


def classify(scoring, entry, unit, total, standards):
    failed, undecided = [], []
    for gate in scoring["gates"]:
        if "each_standard_at_least" in gate:
            least = Fraction(gate["each_standard_at_least"], 100)
            holds = all(points + opened >= least * top for top, points, opened in standards)
            if holds and any(points < least * top for top, points, _ in standards):
                undecided.append(gate["id"])
        elif "not_disciplined" in gate:
            holds = not any(d["what"] == "ky-luat" and d["unit"] == unit and d["value"] in gate["not_disciplined"] for d in STORY_OF.decisions)
        else:
            holds = registered(unit)
        if not holds:
            failed.append(gate["id"])
    classes = [c for c in scoring["classes"] if c["id"] in entry["classes"]]
    band = next(c["id"] for c in classes if total >= c["min"])
    proposed = next(c["id"] for c in classes if total >= c["min"] and not set(c.get("gates", [])) & set(failed + undecided))
    return band, proposed, failed, undecided


def excluded(unit, period):
    """Why a unit has no place: barred, not registered, or its own report is missing."""
    if any(d["what"] == "loai-tru" and d["unit"] == unit and d["period"] in ("", period) for d in STORY_OF.decisions):
        return "not_eligible"
    if not registered(unit):
        return "not_eligible"
    return "not_reported" if STORY_OF.status("bao-cao", period, unit) == "missing" else ""


# ---------------------------------------------------------------- output


def text(value, decimals=6):
    if value is None:
        return ""
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{float(value):.{decimals}f}"
    return str(int(value)) if isinstance(value, (int, Fraction)) else str(value)


def write(name, columns, rows):
    (HERE / "expected").mkdir(exist_ok=True)
    with open(HERE / "expected" / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def indicators():
    rows = []
    for period in PERIODS:
        for unit in STORY_OF.due(period):
            for indicator in INDICATORS:
                if period not in indicator.periods or STORY_OF.level(unit) not in indicator.levels:
                    continue
                fig = figure(indicator, unit, period)
                kind, target = own_target(indicator, unit)
                rows.append([
                    unit, period, indicator.id, text(fig.numerator), text(fig.denominator), text(fig.value),
                    verdict(indicator, unit, period, province_limits(indicator, unit)),
                    verdict(indicator, unit, period, [target], True) if kind else "", text(target), kind or "",
                ])
    write("indicators.csv", ["unit", "period", "indicator", "numerator", "denominator", "value", "verdict", "own_verdict", "own_target", "own_target_kind"], rows)


def points():
    scoring = load_scoring()
    scores, classes, rankings = [], [], []
    for usage in ("classification", "competition"):
        for period in PERIODS:
            totals = {}
            for unit in STORY_OF.due(period):
                entry = table_for(scoring, usage, unit, period)
                if entry is None:
                    continue
                cluster = STORY_OF.at(unit, period)["cluster"]

                def best(indicator):
                    ranked = [u for u in STORY_OF.due(period) if STORY_OF.at(u, period)["cluster"] == cluster and not excluded(u, period)]
                    reached = [ratio(indicator, u, period)[0] for u in ranked]
                    return max((r for r in reached if r is not None), default=None)

                rows, total, standards = score(entry, unit, period, best)
                scores.extend([unit, period, entry["id"], id, text(top), text(earned)] for id, top, earned in rows)
                if usage == "classification":
                    band, proposed, failed, undecided = classify(scoring, entry, unit, total, standards)
                    official = STORY_OF.official.get(unit, "")
                    classes.append([unit, period, entry["id"], text(total), band, proposed, " ".join(failed), " ".join(undecided), official, int(bool(official) and official != proposed)])
                else:
                    totals[unit] = (cluster, total)
            for unit, (cluster, total) in totals.items():
                rivals = [t for u, (c, t) in totals.items() if c == cluster and not excluded(u, period)]
                why = excluded(unit, period)
                place = "" if why else 1 + sum(t > total for t in rivals)
                tied = int(not why and rivals.count(total) > 1)
                reported = STORY_OF.status("bao-cao", period, unit) != "missing"
                leader = int(period == "dot-2" and unit in STORY_OF.leaders)
                rankings.append([cluster, period, unit, text(total) if reported else "", place, tied, len(rivals), sum(c == cluster for c, _ in totals.values()), why, leader])
    write("scores.csv", ["unit", "period", "table", "criterion", "max", "points"], scores)
    write("classes.csv", ["unit", "period", "table", "points", "band", "proposed", "failed_gates", "undecided_gates", "official", "differs"], classes)
    rankings.sort(key=lambda row: (row[1], row[0], row[4] == "", row[4] or 0, row[2]))
    write("rankings.csv", ["cluster", "period", "unit", "points", "place", "is_tied", "ranked", "cluster_size", "reason", "elected_leader"], rankings)


def coverage():
    rows = []
    for document, period in (("ke-hoach", "dang-ky"), ("dang-ky", "dang-ky"), ("bao-cao", "dot-1"), ("bao-cao", "dot-2")):
        for unit in STORY_OF.units:
            if STORY_OF.at(unit, period) is None or (document, period, STORY_OF.level(unit)) not in TOO_LATE:
                continue
            status = STORY_OF.status(document, period, unit)
            rows.append([unit, period, document, status, STORY_OF.received.get((document, period, unit), "")])
    write("coverage.csv", ["unit", "period", "document", "status", "received_at"], rows)


def main():
    indicators()
    points()
    coverage()


if __name__ == "__main__":
    main()
