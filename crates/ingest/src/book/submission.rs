//! One sheet of a known kind becomes a draft of a submission, or adds to one.
//!
//! In:  a page, what it can be, and what speaks for its sender.
//! Out: drafts and issues, added to the file's reading.
//!
//! Not here: what goes together in a workbook (`book`, `owner`).

use super::form_sheet::read_form;
use super::misplaced::second_form;
use super::page::Page;
use crate::blame::{Sender, about, name};
use crate::draft::{Draft, FileReading};
use crate::identify::{Candidate, check_version, choose_form, is_valid};
use crate::lists::{ListFound, match_columns, read_list};
use crate::plan::Plan;
use crate::scan::Scan;
use crate::sender::{Asked, Home, Owner, Witnesses, check_superior, find_period, find_unit, senders_below};
use thidua_campaign::UnitSpan;
use thidua_model::text::fold;
use thidua_model::{CellRef, Issue, IssueKind, Lang, PeriodIx, Place, Receipt, Text, UnitIx};

/// What all sheets of a workbook share.
pub(crate) struct Sheets<'a> {
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) file: &'a Text,
    pub(crate) witnesses: &'a Witnesses<'a>,
}

/// Unit and period of a sheet, with doubts to report.
struct Known {
    unit: UnitIx,
    period: PeriodIx,
    doubts: Vec<IssueKind>,
}

impl Sheets<'_> {
    /// Reads the sheet of a form; `at` is its position in the workbook.
    pub(crate) fn form(
        &self,
        page: &mut Page<'_>,
        at: usize,
        candidates: &[Candidate],
        stands_alone: bool,
        reading: &mut FileReading,
    ) -> Home {
        let forms: Vec<usize> = candidates.iter().map(|candidate| candidate.form).collect();
        let nobody = Home { page: at, form: forms[0], sender: None, draft: None };
        if let Some(kind) = self.several_units(page, false) {
            self.refuse(page, forms[0], None, kind, reading);
            return nobody;
        }
        let asked = Asked { tab: &page.scan.sheet.name, header: &page.header, forms: &forms, stands_alone };
        let Some(Known { unit, period, mut doubts }) = self.sender(page, &asked, reading) else { return nobody };
        let Some(chosen) = choose_form(self.plan, candidates, unit, period) else { return nobody };
        let campaign = self.plan.campaign;
        let date = campaign.period(period).as_of;
        let known = campaign.unit(unit);
        let mut draft = self.draft(page, chosen.form, unit, period, reading);
        let span = known.at(date);
        let sender = Sender { file: self.file, unit, period, span: span.unwrap_or_else(|| known.latest()) };
        if span.is_none() {
            let date = thidua_model::date::dmy(date).into();
            doubts.push(IssueKind::UnitNotActive { unit: known.id.text(), date });
            draft.is_rejected = true;
        } else if !chosen.is_for {
            let number = campaign.forms[chosen.form].number.clone();
            doubts.push(IssueKind::NotExpectedOfUnit { form: number, unit: known.id.text() });
            draft.is_rejected = true;
        } else {
            doubts.extend(check_version(self.plan, chosen.form, date));
        }
        for kind in doubts {
            let issue = Issue::new(kind.clone(), self.header_place(page, &kind));
            draft.issues.push(about(self.plan, &campaign.forms[chosen.form], sender, issue, None, None));
        }
        if !draft.is_rejected {
            let code = known.id.as_str();
            let given = self.witnesses.given(&page.scan.sheet.name, code, campaign.period(period).id.as_str());
            let found = read_form(self.plan, &mut page.scan, chosen.form, sender, &given);
            draft.is_rejected = found.entries.is_empty() && found.words.is_empty() && found.asked == 0;
            draft.asked = found.asked;
            if let Some((cell, kind)) = page.end.and_then(|end| second_form(self.plan, &page.scan, chosen.form, end)) {
                let place = Place::Cell { file: self.file.clone(), sheet: page.scan.sheet.name.clone(), cell };
                let form = &campaign.forms[chosen.form];
                draft.issues.push(about(self.plan, form, sender, Issue::new(kind, place), None, None));
            }
            draft.entries = found.entries;
            draft.words = found.words;
            draft.notes = found.notes;
            draft.issues.extend(found.issues);
            draft.account.empty = found.empty;
        }
        reading.drafts.push(draft);
        let draft = reading.drafts.len() - 1;
        self.close(page, draft, reading);
        Home { page: at, form: chosen.form, sender: Some((unit, period)), draft: Some(draft) }
    }

    /// Reads a list; gives the position of the draft that its rows went to.
    pub(crate) fn list(
        &self,
        page: &mut Page<'_>,
        found: &ListFound,
        owner: Owner,
        homes: &[Home],
        reading: &mut FileReading,
    ) -> Option<usize> {
        let list_plan = &self.plan.lists[found.list];
        let form = list_plan.form;
        let title = self.plan.campaign.forms[form].lists[list_plan.list].title.vi.clone();
        if let Some(kind) = self.several_units(page, true) {
            self.refuse(page, form, None, kind, reading);
            return None;
        }
        let home = match owner {
            Owner::Alone => return self.lone_list(page, found, reading),
            Owner::Nobody => {
                let name = |(unit, _): (UnitIx, PeriodIx)| self.plan.campaign.unit(unit).latest().name.to_string();
                let mut units: Vec<String> = homes.iter().filter_map(|home| home.sender.map(name)).collect();
                units.sort();
                units.dedup();
                let units = if units.is_empty() { "–".into() } else { units.join("; ").into() };
                self.refuse(page, form, None, IssueKind::ListOfNobody { list_title: title, units }, reading);
                return None;
            }
            Owner::Home(home) | Owner::Alike(home) | Owner::ByPosition(home) => home,
        };
        let at = homes[home].draft?;
        let (unit, period) = homes[home].sender?;
        // The list as the version of the form beside it has it.
        let Some(found) = self.of_form(page, found, homes[home].form) else {
            return self.lone_list(page, found, reading);
        };
        let campaign = self.plan.campaign;
        let name = campaign.unit(unit).latest().name.clone();
        let doubt = match owner {
            Owner::Alike(_) => Some(IssueKind::NamesDisagree {
                header: page.header.unit.clone().unwrap_or_default(),
                identity: name.clone(),
                used: format!("{name} ({})", campaign.unit(unit).id.as_str()).into(),
            }),
            Owner::ByPosition(_) => {
                Some(IssueKind::ListByPosition { unit: name, sheet: reading.drafts[at].sheet.clone() })
            }
            Owner::Home(_) | Owner::Alone | Owner::Nobody => None,
        };
        let span = campaign.unit(unit).at(campaign.period(period).as_of);
        if let (Some(span), false) = (span, reading.drafts[at].is_rejected) {
            let sender = Sender { file: self.file, unit, period, span };
            let rows = read_list(self.plan, &mut page.scan, &found, sender, &reading.drafts[at].rows);
            let doubt = doubt.map(|kind| Issue::new(kind.clone(), self.header_place(page, &kind)));
            let doubt = doubt.map(|issue| about(self.plan, &campaign.forms[form], sender, issue, None, None));
            let draft = &mut reading.drafts[at];
            draft.rows.extend(rows.rows);
            draft.totals.extend(rows.totals);
            draft.issues.extend(doubt.into_iter().chain(rows.issues));
        }
        Some(at)
    }

    /// A hidden copy of a list is named, and its sheet closed; gives the draft of its form.
    pub(crate) fn list_copy(
        &self,
        page: &Page<'_>,
        owner: Owner,
        homes: &[Home],
        (used, differing): (Text, u32),
        reading: &mut FileReading,
    ) -> Option<usize> {
        let at = homes[owner.home()?].draft?;
        let draft = &mut reading.drafts[at];
        let place = Place::Sheet { file: self.file.clone(), sheet: page.scan.sheet.name.clone() };
        let mut issue = Issue::new(IssueKind::HiddenCopy { used, differing }, place);
        let form = &self.plan.campaign.forms[draft.form].id;
        name(self.plan.campaign, &mut issue, draft.unit, draft.period, Some(form));
        draft.issues.push(issue);
        Some(at)
    }

    /// A list without a form of its unit in the workbook.
    fn lone_list(&self, page: &mut Page<'_>, found: &ListFound, reading: &mut FileReading) -> Option<usize> {
        let campaign = self.plan.campaign;
        let id = |list: &crate::plan::ListPlan| {
            let form = &campaign.forms[list.form];
            (&form.id, &form.variant, &form.lists[list.list].id)
        };
        let own = id(&self.plan.lists[found.list]);
        let versions: Vec<usize> =
            self.plan.lists.iter().filter(|list| id(list) == own).map(|list| list.form).collect();
        let asked = Asked { tab: &page.scan.sheet.name, header: &page.header, forms: &versions, stands_alone: false };
        let Known { unit, period, mut doubts } = self.sender(page, &asked, reading)?;
        let date = campaign.period(period).as_of;
        let valid = versions.iter().copied().filter(|&form| is_valid(&campaign.forms[form], date));
        let found = valid.filter_map(|form| self.of_form(page, found, form)).next().unwrap_or_else(|| found.clone());
        let list_plan = &self.plan.lists[found.list];
        let form = &campaign.forms[list_plan.form];
        let mut draft = self.draft(page, list_plan.form, unit, period, reading);
        draft.lone_list = Some(list_plan.list);
        let known = campaign.unit(unit);
        let sender = Sender { file: self.file, unit, period, span: known.at(date).unwrap_or_else(|| known.latest()) };
        let levels = &form.lists[list_plan.list].levels;
        let is_for = |span: &UnitSpan| {
            form.is_for(campaign, span) && (levels.is_empty() || levels.contains(&campaign.level(span).id))
        };
        if known.at(date).is_none() {
            let date = thidua_model::date::dmy(date).into();
            doubts.push(IssueKind::UnitNotActive { unit: known.id.text(), date });
            draft.is_rejected = true;
        } else if !is_for(sender.span) {
            // A list of official classes says nothing when the classed unit sends it itself.
            let form = form.lists[list_plan.list].title.vi.clone();
            doubts.push(IssueKind::NotExpectedOfUnit { form, unit: known.id.text() });
            draft.is_rejected = true;
        } else {
            let rows = read_list(self.plan, &mut page.scan, &found, sender, &[]);
            draft.rows = rows.rows;
            draft.totals = rows.totals;
            draft.issues = rows.issues;
        }
        for kind in doubts {
            let issue = Issue::new(kind.clone(), self.header_place(page, &kind));
            draft.issues.push(about(self.plan, form, sender, issue, None, None));
        }
        reading.drafts.push(draft);
        Some(reading.drafts.len() - 1)
    }

    /// The same list in another version of its form.
    fn of_form(&self, page: &Page<'_>, found: &ListFound, form: usize) -> Option<ListFound> {
        let id = |at: usize| {
            let list = &self.plan.lists[at];
            &self.plan.campaign.forms[list.form].lists[list.list].id
        };
        if self.plan.lists[found.list].form == form {
            return Some(found.clone());
        }
        let is_same = |at: &usize| self.plan.lists[*at].form == form && id(*at) == id(found.list);
        let list = (0..self.plan.lists.len()).find(is_same)?;
        Some(ListFound { end: found.end, ..match_columns(self.plan, &page.scan, list, found.row)? })
    }

    /// Forms of several units on one sheet: their lines cannot be told apart. A list of a unit may
    /// go through the units below it.
    fn several_units(&self, page: &Page<'_>, is_list: bool) -> Option<IssueKind> {
        let names = &self.plan.names;
        let header = &page.header;
        let own = header.unit.as_deref().and_then(|name| names.find(name, header.superior.as_deref()));
        let mut units = senders_below(&page.scan, self.plan, page.end?);
        units.retain(|unit| !is_list || own.is_none_or(|own| !names.is_above(own, *unit)));
        if units.iter().all(|unit| own.is_none_or(|own| own == *unit)) && (own.is_some() || units.len() < 2) {
            return None;
        }
        units.extend(own);
        units.sort_unstable();
        units.dedup();
        let all: Vec<&str> = units.iter().map(|unit| &*self.plan.campaign.unit(*unit).latest().name).collect();
        Some(IssueKind::SeveralUnitsOnSheet { units: all.join("; ").into() })
    }

    /// Unit and period of a sheet; `None` after an issue that ends it.
    fn sender(&self, page: &Page<'_>, asked: &Asked<'_>, reading: &mut FileReading) -> Option<Known> {
        let mut doubts = Vec::new();
        let unit = find_unit(self.plan, asked, self.witnesses, &mut doubts);
        let period = find_period(self.plan, asked, self.witnesses, &mut doubts);
        match (unit, period) {
            (Ok(unit), Ok(period)) => {
                doubts.extend(check_superior(self.plan, asked.header, unit, period));
                doubts.retain(|kind| !reading.doubts.iter().any(|(of, known)| *of == unit && known == kind));
                reading.doubts.extend(doubts.iter().map(|kind| (unit, kind.clone())));
                Some(Known { unit, period, doubts })
            }
            (unit, period) => {
                let known = unit.as_ref().ok().copied();
                for kind in unit.err().into_iter().chain(period.err()) {
                    self.refuse(page, asked.forms[0], known, kind, reading);
                }
                None
            }
        }
    }

    /// An issue of a sheet that gives nothing.
    fn refuse(&self, page: &Page<'_>, form: usize, unit: Option<UnitIx>, kind: IssueKind, reading: &mut FileReading) {
        let place = self.header_place(page, &kind);
        let mut issue = Issue::new(kind, place);
        issue.form = Some(self.plan.campaign.forms[form].id.clone());
        issue.unit = unit.map(|unit| self.plan.campaign.unit(unit).id.clone());
        page.scan.quote(std::slice::from_mut(&mut issue));
        reading.issues.push(issue);
    }

    /// The cell of the header that an issue is about.
    pub(super) fn header_place(&self, page: &Page<'_>, kind: &IssueKind) -> Place {
        let (file, sheet) = (self.file.clone(), page.scan.sheet.name.clone());
        let header = &page.header;
        let cell: Option<CellRef> = match kind {
            IssueKind::WrongYear { found, .. } if header.year.is_some_and(|year| year.to_string() == **found) => {
                header.year_at
            }
            IssueKind::WrongYear { .. } => header.dates_at,
            IssueKind::UnknownPeriod { .. }
            | IssueKind::PeriodsDisagree { .. }
            | IssueKind::PeriodNotAgreed { .. }
            | IssueKind::SheetsOfPeriods { .. } => header.dates_at.or(header.year_at),
            IssueKind::SuperiorDisagrees { .. } => header.superior_at,
            IssueKind::FormVersionNotValid { .. } | IssueKind::SeveralUnitsOnSheet { .. } => None,
            _ => header.unit_at,
        };
        // What another witness says, a file's name for instance, stands in no cell.
        match cell.filter(|cell| holds(&page.scan, *cell, kind)) {
            Some(cell) => Place::Cell { file, sheet, cell },
            None => Place::Sheet { file, sheet },
        }
    }

    fn draft(&self, page: &Page<'_>, form: usize, unit: UnitIx, period: PeriodIx, reading: &FileReading) -> Draft {
        let document = &self.plan.campaign.forms[form].document;
        let exact =
            |receipt: &&&Receipt| receipt.unit == unit && receipt.period == period && receipt.document == *document;
        // The same file can be entered twice; it arrived the first time.
        let received = self.witnesses.receipts.iter().filter(exact).map(|receipt| receipt.received_at).min();
        let any = || self.witnesses.receipts.iter().map(|receipt| receipt.received_at).min();
        Draft {
            file: self.file.clone(),
            digest: reading.record.digest.clone(),
            sheet: page.scan.sheet.name.clone(),
            form,
            lone_list: None,
            unit,
            period,
            received_at: received.or_else(any),
            is_rejected: false,
            copy_of: None,
            asked: 0,
            account: thidua_model::ReadingAccount::default(),
            entries: Vec::new(),
            words: Vec::new(),
            notes: Vec::new(),
            rows: Vec::new(),
            totals: Vec::new(),
            issues: Vec::new(),
        }
    }

    /// Adds a sheet to the account of its submission.
    pub(crate) fn close(&self, page: &mut Page<'_>, draft: usize, reading: &mut FileReading) {
        let scan = &mut page.scan;
        let draft = &mut reading.drafts[draft];
        for mut issue in scan.text_issues(&draft.file) {
            name(
                self.plan.campaign,
                &mut issue,
                draft.unit,
                draft.period,
                Some(&self.plan.campaign.forms[draft.form].id),
            );
            draft.issues.push(issue);
        }
        scan.quote(&mut draft.issues);
        scan.claim_known();
        let sheet = scan.account();
        let account = &mut draft.account;
        account.read += sheet.read;
        account.template += sheet.template;
        account.formulas += sheet.formulas;
        account.sheets.push(scan.sheet.name.clone());
        if scan.sheet.name == draft.sheet {
            account.outside.extend(sheet.outside);
        } else {
            let name = &scan.sheet.name;
            account.outside_lists.extend(sheet.outside.into_iter().map(|cell| (name.clone(), cell)));
        }
    }
}

/// The cell holds the text that the issue quotes, or the issue quotes none.
fn holds(scan: &Scan<'_>, cell: CellRef, kind: &IssueKind) -> bool {
    let Some(found) = kind.found(Lang::Vi) else { return true };
    let shown = scan.find(cell).map(|index| fold(&scan.cell(index).value.shown())).unwrap_or_default();
    found.split(", ").all(|part| shown.contains(&fold(part)))
}
