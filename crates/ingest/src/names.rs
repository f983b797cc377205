//! Which unit a name, a code or a file name means.
//!
//! In:  the register of the campaign, and a text as somebody wrote it.
//! Out: the one unit that it names, or the units whose names are nearest.

use std::collections::HashMap;
use thidua_campaign::Campaign;
use thidua_model::UnitIx;
use thidua_model::text::{fold, fold_without_horns};
use thidua_texts::labels::Lossy;

/// Names and codes of all units over all their spans.
pub(crate) struct NameIndex {
    codes: HashMap<String, UnitIx>,
    names: HashMap<String, Vec<UnitIx>>,
    short_names: HashMap<String, Vec<UnitIx>>,
    /// Short names without plain ư and ơ, which old converters lost.
    worn_names: HashMap<String, Vec<UnitIx>>,
    /// Last words of names, which file names keep: `THCS Nắng Mai`.
    tails: HashMap<String, Vec<UnitIx>>,
    /// Names as `?` for lost letters leaves them.
    lossy_names: Vec<(Lossy, UnitIx)>,
    /// Superiors of each unit over time.
    parents: Vec<Vec<UnitIx>>,
    /// The latest name of each unit, folded, long and short.
    latest: Vec<(String, String)>,
}

/// A text longer than this names nobody.
const MAX_NAME_CHARS: usize = 300;
/// A file name of more words than this is looked at no further.
const MAX_WORDS: usize = 24;
/// Letters of a short name that tells a unit in a file name.
const MIN_SHORT: usize = 10;
/// A name of more parts is a sentence.
const MAX_PARTS: usize = 4;
/// More levels than this no organisation has.
const MAX_LEVELS: usize = 6;

impl NameIndex {
    pub(crate) fn new(campaign: &Campaign) -> Self {
        let mut index = Self {
            codes: HashMap::new(),
            names: HashMap::new(),
            short_names: HashMap::new(),
            worn_names: HashMap::new(),
            tails: HashMap::new(),
            lossy_names: Vec::new(),
            parents: vec![Vec::new(); campaign.units.len()],
            latest: Vec::with_capacity(campaign.units.len()),
        };
        for unit in campaign.unit_ixs() {
            let known = campaign.unit(unit);
            index.codes.insert(fold(known.id.as_str()), unit);
            let latest = fold(&known.latest().name);
            index.latest.push((shorten(&latest), latest));
            for span in &known.spans {
                index.learn(&span.name, unit);
                if let Some(parent) = span.parent {
                    index.parents[unit.0 as usize].push(parent);
                }
            }
        }
        index
    }

    fn learn(&mut self, name: &str, unit: UnitIx) {
        let folded = fold(name);
        add(&mut self.short_names, shorten(&folded), unit);
        add(&mut self.names, folded, unit);
        add(&mut self.worn_names, shorten(&fold_without_horns(name)), unit);
        for tail in tails(name) {
            add(&mut self.tails, tail, unit);
        }
        self.lossy_names.push((Lossy::label(name), unit));
    }

    /// The unit of this name or code. `superior` decides between units of one name.
    pub(crate) fn find(&self, text: &str, superior: Option<&str>) -> Option<UnitIx> {
        if text.chars().count() > MAX_NAME_CHARS {
            return None;
        }
        match self.all(text) {
            [unit] => Some(*unit),
            [] => self.find_in_parts(text),
            several => self.below(several, self.find(superior?, None)?),
        }
    }

    /// The text is the name or code of a unit, or of several.
    pub(crate) fn knows(&self, text: &str) -> bool {
        text.chars().count() <= MAX_NAME_CHARS && (!self.all(text).is_empty() || self.find_in_parts(text).is_some())
    }

    /// The text is a name of this unit, though perhaps of others too.
    pub(crate) fn may_mean(&self, text: &str, unit: UnitIx) -> bool {
        text.chars().count() <= MAX_NAME_CHARS && self.all(text).contains(&unit)
    }

    /// Every unit of this name or code.
    fn all(&self, text: &str) -> &[UnitIx] {
        let key = fold(text);
        if let Some(unit) = self.codes.get(&key) {
            return std::slice::from_ref(unit);
        }
        let whole = self.names.get(&key).or_else(|| self.short_names.get(&shorten(&key)));
        let worn = || self.worn_names.get(&shorten(&fold_without_horns(text)));
        whole.or_else(worn).map_or_else(|| self.of_lossy(text), Vec::as_slice)
    }

    /// The one unit whose name has every letter of a text with `?` for letters.
    fn of_lossy(&self, text: &str) -> &[UnitIx] {
        let Some(lossy) = Some(text).filter(|text| Lossy::is_lossy(text)).and_then(Lossy::sheet) else { return &[] };
        let mut fits = self.lossy_names.iter().filter(|(name, _)| lossy.can_be(name)).map(|(_, unit)| unit);
        match fits.next() {
            Some(only) if fits.all(|other| other == only) => std::slice::from_ref(only),
            _ => &[],
        }
    }

    /// A name with its code or its superior beside it: `CĐCS Hoa Ban (cs-017)`, `CĐCS Hoa Ban –
    /// huyện Lắk`. Every part must agree.
    fn find_in_parts(&self, text: &str) -> Option<UnitIx> {
        let text = text.replace(" - ", "\n").replace(" – ", "\n");
        let parts: Vec<&str> = text
            .split(['\n', '(', ')', '[', ']', ',', ';'])
            .filter(|part| part.chars().any(char::is_alphanumeric))
            .take(MAX_PARTS + 1)
            .collect();
        if !(2..=MAX_PARTS).contains(&parts.len()) {
            return None;
        }
        let meant: Vec<&[UnitIx]> = parts.iter().map(|part| self.all(part)).collect();
        let agrees = |unit: UnitIx| {
            meant.iter().all(|units| units.iter().any(|other| *other == unit || self.is_above(*other, unit)))
        };
        let mut fitting: Vec<UnitIx> = meant.iter().copied().flatten().copied().filter(|unit| agrees(*unit)).collect();
        fitting.sort_unstable();
        fitting.dedup();
        if let [only] = fitting.as_slice() { Some(*only) } else { None }
    }

    /// As [`NameIndex::find`], for a name in a list that this unit sent about the units below it.
    pub(crate) fn find_below(&self, text: &str, sender: UnitIx) -> Option<UnitIx> {
        self.find(text, None).or_else(|| {
            let key: String = fold(text).chars().take(MAX_NAME_CHARS).collect();
            let found = self.names.get(&key).or_else(|| self.short_names.get(&shorten(&key)))?;
            self.below(found, sender)
        })
    }

    fn below(&self, found: &[UnitIx], superior: UnitIx) -> Option<UnitIx> {
        let mut below = found.iter().filter(|unit| self.parents[unit.0 as usize].contains(&superior));
        below.next().filter(|_| below.next().is_none()).copied()
    }

    /// The first stands above the second, at any time.
    pub(crate) fn is_above(&self, above: UnitIx, unit: UnitIx) -> bool {
        let mut front = vec![unit];
        for _ in 0..MAX_LEVELS {
            front = front.iter().flat_map(|unit| &self.parents[unit.0 as usize]).copied().collect();
            if front.contains(&above) {
                return true;
            }
        }
        false
    }

    /// The nearest names with their codes, best first, for a message.
    pub(crate) fn near(&self, campaign: &Campaign, text: &str) -> String {
        let (short, long) = short_and_long(text);
        let units = campaign.units.iter().zip(&self.latest);
        let mut scored: Vec<(f64, &str, &str)> = units
            .map(|(unit, (its_short, its_long))| {
                let score = alike(&long, its_long).max(alike(&short, its_short));
                (score, &*unit.latest().name, unit.id.as_str())
            })
            .filter(|(score, ..)| *score > 0.4)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let near: Vec<String> = scored.iter().take(3).map(|(_, name, code)| format!("{name} ({code})")).collect();
        if near.is_empty() { "–".to_owned() } else { near.join("; ") }
    }

    /// The unit that the name of a tab names: whole, or by the code or full name in it.
    pub(crate) fn find_in_tab(&self, tab: &str) -> Option<UnitIx> {
        match self.all(tab) {
            [only] => Some(*only),
            [] => self.find_in_words(tab),
            _ => None,
        }
    }

    /// Of a few units the one whose name ends with words of the tab: a tab holds 31 characters.
    pub(crate) fn find_among(&self, campaign: &Campaign, tab: &str, units: &[UnitIx]) -> Option<UnitIx> {
        if let Some(unit) = self.find_in_tab(tab).filter(|unit| units.contains(unit)) {
            return Some(unit);
        }
        let is_meant = |unit: &&UnitIx| {
            let name = fold(&campaign.unit(**unit).latest().name);
            let mut is_tail = false;
            for_each_run(tab, |run| is_tail |= run.len() >= 5 && name.ends_with(run));
            is_tail
        };
        let mut meant = units.iter().filter(is_meant);
        meant.next().filter(|_| meant.next().is_none()).copied()
    }

    /// The unit whose code or name stands in a file name or else in a folder above it. The longest
    /// match wins: `cdcs-0171` is not `cdcs-017`.
    pub(crate) fn find_in_path(&self, path: &str) -> Option<UnitIx> {
        path.rsplit('/').enumerate().find_map(|(at, part)| {
            let part = if at == 0 { part.rsplit_once('.').map_or(part, |(stem, _)| stem) } else { part };
            self.find_in_words(part)
        })
    }

    fn find_in_words(&self, part: &str) -> Option<UnitIx> {
        let mut best: Option<(usize, UnitIx)> = None;
        for_each_run(part, |run| {
            // File names leave out “CĐCS” and “Trường”; a short name of a word or two may mean anything.
            let short = || [&self.short_names, &self.tails].into_iter().find_map(|names| names.get(run));
            let named = || self.names.get(run).or_else(|| short().filter(|_| run.len() >= MIN_SHORT));
            let unit = self.codes.get(run).copied().or_else(|| match named()?.as_slice() {
                [unit] => Some(*unit),
                _ => None,
            });
            if let Some(unit) = unit
                && run.chars().any(char::is_alphabetic)
                && best.is_none_or(|(length, _)| run.len() > length)
            {
                best = Some((run.len(), unit));
            }
        });
        best.map(|(_, unit)| unit)
    }
}

/// How alike two names are, long or short, from 0 to 1; a name inside the other is very like it.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (short_and_long(one), short_and_long(other));
    if one.0.len().min(other.0.len()) >= 5 && (one.0.contains(&other.0) || other.0.contains(&one.0)) {
        return 0.9;
    }
    alike(&one.0, &other.0).max(alike(&one.1, &other.1))
}

fn short_and_long(text: &str) -> (String, String) {
    let long: String = fold(text).chars().take(MAX_NAME_CHARS).collect();
    (shorten(&long), long)
}

fn alike(one: &str, other: &str) -> f64 {
    // Likeness costs; lengths that differ this much rule it out.
    let is_near = one.len() * 5 >= other.len() * 2 && other.len() * 5 >= one.len() * 2;
    if is_near { strsim::normalized_levenshtein(one, other) } else { 0.0 }
}

/// Calls back with every run of neighbouring words of a file or folder name, folded.
pub(crate) fn for_each_run(part: &str, mut found: impl FnMut(&str)) {
    let words: Vec<String> =
        part.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).take(MAX_WORDS).collect();
    let mut run = String::new();
    for start in 0..words.len() {
        run.clear();
        for word in &words[start..] {
            run.push_str(word);
            found(&run);
        }
    }
}

/// A name from each of its words on, folded, as far as enough letters are left.
fn tails(name: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(fold).take(MAX_WORDS).collect();
    (1..words.len()).map(move |from| words[from..].concat()).filter(|tail| tail.len() >= MIN_SHORT)
}

fn add(names: &mut HashMap<String, Vec<UnitIx>>, name: String, unit: UnitIx) {
    let units = names.entry(name).or_default();
    if !units.contains(&unit) {
        units.push(unit);
    }
}

/// Offices write the same name long and short: Liên đoàn Lao động huyện Ea Kar, LĐLĐ Ea Kar.
fn shorten(folded: &str) -> String {
    let mut name = folded
        .replace("liendoanlaodong", "ldld")
        .replace("congdoancoso", "cdcs")
        .replace("congdoan", "cd")
        .replace("ldldhuyen", "ldld")
        .replace("ldldthanhpho", "ldldtp")
        .replace("ldldthixa", "ldldtx");
    for prefix in ["cdcs", "cd"] {
        if let Some(rest) = name.strip_prefix(prefix).filter(|rest| rest.len() >= 4) {
            name = rest.to_owned();
            break;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names as the register has them: code, name, code of the superior.
    fn index(register: &[(&str, &str, &str)]) -> NameIndex {
        let mut index = NameIndex {
            codes: HashMap::new(),
            names: HashMap::new(),
            short_names: HashMap::new(),
            worn_names: HashMap::new(),
            tails: HashMap::new(),
            lossy_names: Vec::new(),
            parents: vec![Vec::new(); register.len()],
            latest: Vec::new(),
        };
        for (at, (code, name, parent)) in register.iter().enumerate() {
            let unit = UnitIx(at as u32);
            index.codes.insert(fold(code), unit);
            index.learn(name, unit);
            let parent = register.iter().position(|(code, _, _)| code == parent);
            index.parents[at].extend(parent.map(|parent| UnitIx(parent as u32)));
        }
        index
    }

    const REGISTER: &[(&str, &str, &str)] = &[
        ("ldld-ea-kar", "LĐLĐ huyện Ea Kar", ""),
        ("ldld-cu-mgar", "LĐLĐ huyện Cư M'gar", ""),
        ("cs-001", "CĐCS Trường THCS Nguyễn Du", "ldld-ea-kar"),
        ("cs-002", "CĐCS Trường THCS Nguyễn Du", "ldld-cu-mgar"),
        ("cs-0021", "CĐCS phường Tân Lợi", "ldld-ea-kar"),
    ];

    #[test]
    fn a_unit_is_known_by_many_spellings_of_its_name() {
        let index = index(REGISTER);
        for (text, superior, expected) in [
            ("Liên đoàn Lao động huyện Ea Kar", None, Some(0)),
            ("LĐLĐ EaKar", None, Some(0)),
            ("LDLD huyen Cư M’gar", None, Some(1)),
            ("CS-0021", None, Some(4)),
            ("Công đoàn cơ sở phường Tân Lợi", None, Some(4)),
            ("Phường Tân Lợi", None, Some(4)),
            ("CĐCS phờng Tân Lợi", None, Some(4)),
            ("CĐCS Trường THCS Nguyễn Du", None, None),
            ("CĐCS Trường THCS Nguyễn Du", Some("LĐLĐ huyện Cư M'gar"), Some(3)),
            ("CĐCS Trường THCS Nguyễn Trãi", Some("LĐLĐ huyện Cư M'gar"), None),
            ("CĐCS phờng Tân Lợi", None, Some(4)),
            ("C?CS ph??ng Tân L?i", None, Some(4)),
            ("C?CS Tr??ng THCS Nguy?n Du", None, None),
            ("CĐCS Trường THCS Nguyễn Du - LĐLĐ huyện Ea Kar", None, Some(2)),
            ("CĐCS Trường THCS Nguyễn Du (CS-002)", None, Some(3)),
            ("cs-0021, Phường Tân Lợi, LĐLĐ huyện Ea Kar", None, Some(4)),
            // A part that says something else is no spelling of the name.
            ("CĐCS phường Tân Lợi - LĐLĐ huyện Cư M'gar", None, None),
            ("CĐCS phường Tân Lợi (cs-002)", None, None),
            ("CĐCS phường Tân Lợi - cơ sở 2", None, None),
            ("", None, None),
        ] {
            assert_eq!(index.find(text, superior), expected.map(UnitIx), "{text}");
        }
        assert_eq!(index.find_below("Trường THCS Nguyễn Du", UnitIx(0)), Some(UnitIx(2)));
    }

    #[test]
    fn a_file_name_names_a_unit_by_whole_words_and_before_its_folders() {
        let index = index(REGISTER);
        for (path, expected) in [
            ("dot-1/cs-002_bao-cao.xlsx", Some(3)),
            ("dot-1/cs-0021_bao-cao.xlsx", Some(4)),
            ("dot-1/xcs-002.xlsx", None),
            ("ldld-ea-kar/cs-001.xlsx", Some(2)),
            ("ldld-ea-kar/bao cao 2014.xlsx", Some(0)),
            ("Báo cáo CĐCS phường Tân Lợi (lần 2).xlsx", Some(4)),
            ("Bao cao phuong Tan Loi.xlsx", Some(4)),
            ("ldld-ea-kar/Tân Lợi.xlsx", Some(0)),
            // Two schools end so.
            ("THCS Nguyen Du_BC dot 2.xls", None),
            ("Huyen Ea Kar_BC dot 2.xls", Some(0)),
            ("báo cáo.xlsx", None),
        ] {
            assert_eq!(index.find_in_path(path), expected.map(UnitIx), "{path}");
        }
    }
}
