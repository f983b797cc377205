//! What the unions of the country reported: 20 counts, some words and works a unit and period.
//!
//! In:  the loaded campaign and a seed.
//! Out: submissions with their facts as reading gives them. Three in a hundred reports are missing,
//!      six late; a few cells are blank, refused, or contradict another.

use super::random::Random;
use thidua_campaign::Campaign;
use thidua_model::facts::Source;
use thidua_model::intake::{FileRecord, TextFact};
use thidua_model::{
    CellRef, DateTime, Fact, FactMark, FactStore, FieldIx, Intake, Issue, IssueKind, ListRow, ListValue, PeriodIx,
    Place, ReadingAccount, Receipt, Submission, SubmissionStatus, Text, UnitIx, date,
};

const MISSING: i64 = 30;
const LATE: i64 = 60;
const BLANK: i64 = 6;
const REJECTED: i64 = 2;
const SUSPECT: i64 = 4;
const WARNED: i64 = 8;
const WORDS: i64 = 300;
const WORKS: i64 = 250;

const DIFFICULTIES: [&str; 4] = [
    "Kinh phí hoạt động còn hạn chế.",
    "Đoàn viên làm việc phân tán, khó tập hợp.",
    "Cán bộ công đoàn thay đổi giữa năm.",
    "Đề nghị mở thêm lớp bồi dưỡng nghiệp vụ.",
];

/// A count of the form, in its order, with how it comes about.
enum Count {
    /// Persons; a twentieth of the units is large.
    Workers,
    /// So many in a thousand of an earlier count.
    Part {
        of: &'static str,
        low: i64,
        high: i64,
    },
    Small {
        most: i64,
    },
    Money {
        of: &'static str,
    },
    Yes {
        permille: i64,
    },
}

const COUNTS: [(&str, Count); 20] = [
    ("workers", Count::Workers),
    ("workers_female", Count::Part { of: "workers", low: 200, high: 800 }),
    ("members", Count::Part { of: "workers", low: 700, high: 1000 }),
    ("admitted", Count::Part { of: "members", low: 0, high: 120 }),
    ("officers_part", Count::Part { of: "members", low: 40, high: 150 }),
    ("part_trained", Count::Part { of: "officers_part", low: 800, high: 1000 }),
    ("reached", Count::Part { of: "workers", low: 850, high: 1000 }),
    ("titles_registered", Count::Part { of: "workers", low: 880, high: 1000 }),
    ("gvn_dvn", Count::Part { of: "workers_female", low: 450, high: 900 }),
    ("initiatives", Count::Small { most: 6 }),
    ("works_registered", Count::Small { most: 3 }),
    ("works_done", Count::Part { of: "works_registered", low: 900, high: 1000 }),
    ("houses", Count::Small { most: 1 }),
    ("income", Count::Part { of: "income_estimate", low: 850, high: 1150 }),
    ("income_estimate", Count::Money { of: "workers" }),
    ("culture_ok", Count::Yes { permille: 930 }),
    ("conference_held", Count::Yes { permille: 960 }),
    ("solidarity_fund", Count::Yes { permille: 920 }),
    ("spending_ok", Count::Yes { permille: 990 }),
    ("pledge_signed", Count::Yes { permille: 985 }),
];

/// # Panics
/// When the campaign is not the country's.
pub(crate) fn reports(campaign: &Campaign, seed: u64) -> Intake {
    let mut intake = Intake {
        facts: FactStore::new(campaign.units.len()),
        receipts: Some(Vec::new()),
        files: vec![FileRecord { name: "received.csv".into(), digest: "".into(), bytes: 0 }],
        ..Intake::default()
    };
    let field = |id: &str| campaign.find_field(id).unwrap_or_else(|| panic!("the form has the field {id}"));
    let fields: Vec<FieldIx> = COUNTS.iter().map(|(id, _)| field(id)).collect();
    let difficulties = field("difficulties");
    for period in campaign.period_ixs() {
        let defined = campaign.period(period);
        let deadline = defined.deadlines.first().expect("every period has one").last_day;
        for unit in campaign.unit_ixs() {
            let Some(span) = campaign.unit(unit).at(defined.as_of) else { continue };
            let mut random = Random::of(seed, &[3, u64::from(unit.0), u64::from(period.0)]);
            if !campaign.is_grassroots(span) || random.chance(MISSING) {
                continue;
            }
            let days = if random.chance(LATE) { random.between(1, 15) } else { -random.between(0, 9) };
            let day = date::from_days(date::days(deadline) + days).unwrap_or(deadline);
            let received_at = day.at(random.between(7, 16) as i8, random.between(0, 59) as i8, 0, 0);
            let code = campaign.unit(unit).id.as_str();
            let file: Text = format!("{}/{code}-bao-cao.xlsx", defined.id).into();
            let mut report = Report { intake: &mut intake, campaign, unit, period, random, file };
            report.submit(received_at);
            report.counts(&fields, seed);
            report.words(difficulties);
            report.works();
        }
    }
    intake
}

/// One workbook that came.
struct Report<'a> {
    intake: &'a mut Intake,
    campaign: &'a Campaign,
    unit: UnitIx,
    period: PeriodIx,
    random: Random,
    file: Text,
}

impl Report<'_> {
    fn submission(&self) -> u32 {
        self.intake.submissions.len() as u32 - 1
    }

    fn submit(&mut self, received_at: DateTime) {
        let digest: String = (0..4).map(|_| format!("{:016x}", self.random.next())).collect();
        let digest: Text = digest.into();
        let bytes = self.random.between(9_000, 30_000) as u64;
        self.intake.files.push(FileRecord { name: self.file.clone(), digest: digest.clone(), bytes });
        let read = COUNTS.len() as u32 + 1;
        self.intake.submissions.push(Submission {
            file: self.file.clone(),
            digest,
            sheet: "Mẫu 1".into(),
            form: "mau-1".into(),
            version: "2014".into(),
            document: "bao-cao".into(),
            unit: self.unit,
            period: self.period,
            received_at: Some(received_at),
            status: SubmissionStatus::Accepted,
            account: ReadingAccount { read, template: 120, ..ReadingAccount::default() },
        });
        let (unit, period, file) = (self.unit, self.period, Some(self.file.clone()));
        let receipt = Receipt { unit, document: "bao-cao".into(), period, file, received_at };
        self.intake.receipts.get_or_insert_default().push(receipt);
    }

    fn counts(&mut self, fields: &[FieldIx], seed: u64) {
        // What a unit is does not change between its reports; what it did grows.
        let mut lasting = Random::of(seed, &[4, u64::from(self.unit.0)]);
        let done = if self.campaign.period(self.period).is_judged { 1000 } else { 450 };
        let mut values = [0i64; COUNTS.len()];
        // The estimate stands before the income that is a part of it.
        let order = (0..COUNTS.len()).map(|at| match COUNTS[at].0 {
            "income" => at + 1,
            "income_estimate" => at - 1,
            _ => at,
        });
        for at in order {
            let whole = |id: &str| {
                let found = COUNTS.iter().position(|(known, _)| *known == id).map(|at| values[at]);
                found.unwrap_or_else(|| panic!("{id} is a count"))
            };
            let (id, count) = &COUNTS[at];
            let grows = matches!(*id, "admitted" | "part_trained" | "reached" | "works_done" | "income");
            values[at] = match count {
                Count::Workers if lasting.chance(50) => lasting.between(400, 4000),
                Count::Workers => lasting.between(8, 260),
                Count::Part { of, low, high } => {
                    let share = lasting.between(*low, *high) * if grows { done } else { 1000 } / 1000;
                    (whole(of) * share + 500) / 1000
                }
                Count::Small { most } => lasting.between(0, *most),
                Count::Money { of } => whole(of) * lasting.between(400, 900) * 1000,
                Count::Yes { permille } => i64::from(self.random.chance(*permille)),
            };
        }
        for (at, value) in values.into_iter().enumerate() {
            self.cell(fields[at], at as u32 + 12, value);
        }
    }

    /// One cell of the form, now and then filled in badly.
    fn cell(&mut self, field: FieldIx, row: u32, value: i64) {
        let cell = CellRef::new(row, 3);
        let (mark, value, raw) = match self.random.between(0, 999) {
            0..BLANK => (FactMark::Blank, 0, String::new()),
            it if it < BLANK + REJECTED => (FactMark::Rejected, 0, "chưa có".to_owned()),
            it if it < BLANK + REJECTED + SUSPECT && value > 100 => {
                (FactMark::Suspect, value * 3, format!("{}", value * 3))
            }
            it if it < BLANK + REJECTED + SUSPECT + WARNED => (FactMark::Warned, value, format!("'{value}")),
            _ => (FactMark::Present, value, value.to_string()),
        };
        let place = Place::Cell { file: self.file.clone(), sheet: "Mẫu 1".into(), cell };
        let kind = match mark {
            FactMark::Rejected => Some(IssueKind::NotANumber { found: raw.as_str().into() }),
            FactMark::Warned => {
                Some(IssueKind::NumberAsText { found: raw.as_str().into(), read_as: value.to_string().into() })
            }
            _ => None,
        };
        if let Some(kind) = kind {
            let known = self.campaign.field(field);
            let mut issue = Issue::new(kind, place);
            issue.unit = Some(self.campaign.unit(self.unit).id.clone());
            issue.period = Some(self.campaign.period(self.period).id.clone());
            issue.form = Some("mau-1".into());
            issue.field = Some(known.id.clone());
            issue.label = Some(known.label.clone());
            self.intake.issues.push(issue);
        }
        let raw = if raw.is_empty() { u32::MAX } else { self.intake.facts.keep_raw(raw) };
        let source = Source { submission: self.submission(), cell, raw };
        self.intake.facts.put(self.period, field, self.unit, Fact { value, mark, source });
    }

    fn words(&mut self, field: FieldIx) {
        if !self.random.chance(WORDS) {
            return;
        }
        let value = self.random.pick(&DIFFICULTIES);
        let source = Source { submission: self.submission(), cell: CellRef::new(33, 3), raw: u32::MAX };
        self.intake.texts.push(TextFact {
            unit: self.unit,
            period: self.period,
            field,
            value: value.into(),
            mark: FactMark::Present,
            source,
        });
    }

    fn works(&mut self) {
        if !self.random.chance(WORKS) {
            return;
        }
        let today = date::days(self.campaign.period(self.period).as_of);
        for n in 0..self.random.between(1, 3) as u32 {
            let planned = self.random.between(today - 120, today + 60);
            let finished = planned + self.random.between(-20, 20);
            let is_done = finished <= today;
            let value = self.random.between(5, 80) * 1_000_000;
            let number = self.random.between(1, 400);
            let cell = CellRef::new(5 + n, 0);
            self.intake.lists.push(ListRow {
                list: "works".into(),
                unit: self.unit,
                period: self.period,
                submission: self.submission(),
                place: Place::Cell { file: self.file.clone(), sheet: "Công trình".into(), cell },
                row: 5 + n,
                values: vec![
                    Some(ListValue::Text(format!("Công trình thi đua số {number}").into())),
                    Some(ListValue::Int(planned)),
                    is_done.then_some(ListValue::Int(finished)),
                    Some(ListValue::Int(value)),
                ],
                flags: vec![is_done.then_some(finished < planned)],
                raw: None,
            });
        }
    }
}
