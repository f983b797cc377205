//! The register of the invented country: one confederation, provinces, superior unions, grassroots
//! unions; clusters to compare them in; targets that were assigned.

use super::random::Random;
use std::fmt::Write;

/// A superior union has about so many grassroots unions.
const BELOW_A_SUPERIOR: usize = 250;
const PROVINCES: usize = 63;
/// Provinces are compared in so many regions.
const REGIONS: usize = 6;

const OPENED: &str = "2010-01-01";
const KINDS: [&str; 6] = ["Trường Tiểu học", "Trường THCS", "Công ty TNHH", "Công ty CP", "UBND xã", "Trạm Y tế"];
const SECTORS: [&str; 6] = ["su-nghiep", "su-nghiep", "dn-ngoai-nn", "dn-ngoai-nn", "hanh-chinh", "su-nghiep"];
const PLACES: [&str; 16] = [
    "Hòa Bình",
    "Ban Mai",
    "Cao Nguyên",
    "Đồi Thông",
    "Ea Sông",
    "Hồ Xanh",
    "Nắng Mai",
    "Đông Hải",
    "Tân Lập",
    "Ía Đrăng",
    "Ăn Thịnh",
    "Quảng Phú",
    "Vĩnh Lộc",
    "Ô Môn",
    "Ừng Hòa",
    "Yên Sơn",
];
const PEOPLE: [&str; 8] = ["Đ/c Hòa", "Đ/c An", "Đ/c Đức", "Đ/c Ánh", "Đ/c Sơn", "Đ/c Thủy", "Đ/c Yến", "Đ/c Ích"];

/// How many units stand on each level; the rest follows from positions.
pub(crate) struct Register {
    grassroots: usize,
    superiors: usize,
    provinces: usize,
    seed: u64,
}

impl Register {
    pub(crate) fn invent(grassroots: usize, seed: u64) -> Self {
        let superiors = grassroots.div_ceil(BELOW_A_SUPERIOR).max(1);
        Self { grassroots, superiors, provinces: PROVINCES.min(superiors), seed }
    }

    /// `units.csv`.
    pub(crate) fn units(&self) -> String {
        let mut csv = String::from(
            "code,name,kind,parent,sector,ownership,cluster,basis,members,followed_by,contact,valid_from,valid_to\n",
        );
        csv.push_str(&format!("t,Tổng Liên đoàn,tong,,,,,,,,,{OPENED},\n"));
        let mut line = |line: std::fmt::Arguments<'_>| csv.write_fmt(line).expect("a string takes all");
        for n in 0..self.provinces {
            let (place, region) = (PLACES[n % PLACES.len()], n % REGIONS);
            let who = PEOPLE[n % PEOPLE.len()];
            line(format_args!("p{n:03},LĐLĐ tỉnh {place} {n},tinh,t,,,vung-{region},,,{who},,{OPENED},\n"));
        }
        for n in 0..self.superiors {
            let province = self.province_of(n);
            let (kind, name) = if n % 5 == 4 { ("nganh", "Công đoàn ngành") } else { ("huyen", "LĐLĐ huyện") };
            let (place, who) = (PLACES[n * 7 % PLACES.len()], PEOPLE[n % PEOPLE.len()]);
            line(format_args!(
                "s{n:05},{name} {place} {n},{kind},p{province:03},,,tinh-{province:03},,,{who},,{OPENED},\n"
            ));
        }
        for n in 0..self.grassroots {
            let mut random = Random::of(self.seed, &[1, n as u64]);
            let superior = n * self.superiors / self.grassroots;
            let kind = (random.next() % KINDS.len() as u64) as usize;
            let (name, sector, place) = (KINDS[kind], SECTORS[kind], random.pick(&PLACES));
            let members = random.between(10, 400);
            let contact = format!("g{n:06}@example.org");
            let mut span = |name: &str, from: &str, to: &str| {
                line(format_args!(
                    "g{n:06},{name},cdcs,s{superior:05},{sector},,cs-{superior:05},,{members},,{contact},{from},{to}\n"
                ));
            };
            // A few changed their name during the year.
            if random.chance(10) {
                span(&format!("{name} {place} {n} (cũ)"), OPENED, "2014-07-14");
                span(&format!("{name} {place} {n}"), "2014-07-15", "");
            } else {
                span(&format!("{name} {place} {n}"), OPENED, "");
            }
        }
        csv
    }

    /// Tables `[[clusters]]` for `campaign.toml`.
    pub(crate) fn clusters(&self) -> String {
        let mut toml = String::new();
        let mut cluster = |id: String, vi: String, en: String| {
            toml.push_str(&format!("\n[[clusters]]\nid = \"{id}\"\ntitle = {{ vi = \"{vi}\", en = \"{en}\" }}\n"));
        };
        for n in 0..REGIONS {
            cluster(format!("vung-{n}"), format!("Vùng {n}"), format!("Region {n}"));
        }
        for n in 0..self.provinces {
            cluster(format!("tinh-{n:03}"), format!("Cụm của tỉnh {n}"), format!("Superior unions of province {n}"));
        }
        for n in 0..self.superiors {
            cluster(format!("cs-{n:05}"), format!("CĐCS của s{n:05}"), format!("Grassroots unions of s{n:05}"));
        }
        toml
    }

    /// `targets.csv`: every superior union is assigned two counts.
    pub(crate) fn targets(&self) -> String {
        let mut csv = String::from("unit,indicator,value,decided_by,decision\n");
        for n in 0..self.superiors {
            let mut random = Random::of(self.seed, &[2, n as u64]);
            let (houses, admitted) = (random.between(1, 20), random.between(100, 2000));
            csv.push_str(&format!("s{n:05},CT04,{houses},Ban Thường vụ,QĐ 01\n"));
            csv.push_str(&format!("s{n:05},CT06,{admitted},Ban Thường vụ,QĐ 01\n"));
        }
        csv
    }

    fn province_of(&self, superior: usize) -> usize {
        superior * self.provinces / self.superiors
    }
}
