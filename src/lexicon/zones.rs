//! Names of time zones as printed after a time, from `data/zones.tsv`.

use super::table;

const DATA: &str = include_str!("data/zones.tsv");

/// What a zone name stands for: a fixed offset such as `+09:00`, or a name of the tz database. `name` in upper case.
#[must_use]
pub fn zone(name: &str) -> Option<&'static str> {
    table::rows::<2>(DATA)
        .flatten()
        .find_map(|(_, [key, zone])| (key == name).then_some(zone))
}

#[cfg(test)]
mod tests {
    use super::{DATA, table, zone};

    #[test]
    fn the_file_is_sorted_unique_and_every_zone_exists() {
        let rows: Vec<_> = table::rows::<2>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        for (line, [_, zone]) in rows {
            let fixed = zone.len() == 6 && zone.starts_with(['+', '-']);
            assert!(
                fixed || jiff::tz::TimeZone::get(zone).is_ok(),
                "line {line}: {zone}"
            );
        }
        assert_eq!(zone("KST"), Some("+09:00"));
    }
}
