//! Every file of the corpus cut and with bytes changed, and random bytes behind every beginning.

use crate::files;

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

const BEGINNINGS: &[&[u8]] = &[
    b"",
    b"PK\x03\x04",
    b"PK\x03\x04\x14\0\0\0\x08\0",
    b"PK\x05\x06\0\0\0\0",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3E\0\x03\0\xFE\xFF\x09\0\x06\0",
    b"\x09\x08\x10\0\0\x06\x05\0",
    b"\x09\x08\x08\0\0\x05\x05\0",
    b"\x09\x00\x04\0\x02\0\x10\0",
    b"<table><tr><td>",
    b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
    b"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">",
    b"\xEF\xBB\xBFa;b\n",
    b"\xFF\xFEa\0\t\0",
    b"\xFE\xFF\0a\0\t",
    b"%PDF-1.7\n",
    b"{\\rtf1",
];

pub(super) fn all() -> Vec<(String, Vec<u8>)> {
    let mut random = Random(0x2014_0531);
    let mut all = Vec::new();
    for name in files::names() {
        let bytes = files::bytes(&name);
        if bytes.is_empty() {
            continue;
        }
        let cut = 1 + random.below(bytes.len());
        all.push((format!("{name}.cut-{cut}"), bytes[..cut].to_vec()));
        for _ in 0..2 {
            let mut changed = bytes.clone();
            let at = random.below(changed.len());
            changed[at] ^= 1 << random.below(8);
            all.push((format!("{name}.flip-{at}"), changed));
        }
        // The directory of a container stands at its end: damage there is another story.
        let mut changed = bytes.clone();
        let at = changed.len() - 1 - random.below(changed.len().min(400));
        changed[at] = random.next() as u8;
        all.push((format!("{name}.end-{at}"), changed));
    }
    for (number, beginning) in BEGINNINGS.iter().enumerate() {
        for length in [300, 9_000] {
            let mut bytes = beginning.to_vec();
            bytes.extend((0..length).map(|_| random.next() as u8));
            all.push((format!("random-{number}-{length}"), bytes));
        }
    }
    // A hidden name or that of a lock file would not be looked at.
    all.into_iter().map(|(name, bytes)| (format!("damaged-{}", name.replace(['~', '/'], "-")), bytes)).collect()
}
