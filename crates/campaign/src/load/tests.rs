use super::*;

#[test]
fn the_campaign_of_2014_loads_without_issues() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/dak-lak-2014");
    match check(&folder) {
        Ok((campaign, issues)) => {
            assert_eq!(issues, []);
            assert_eq!(campaign.indicators.len(), 23);
        }
        Err(LoadError::Invalid { issues }) => {
            panic!("{}", issues.iter().map(|issue| format!("{issue}\n")).collect::<String>())
        }
        Err(other) => panic!("{other}"),
    }
}
