//! Lines to units: what is to be judged as one. Owns the finding of lines, the rejoining of hard-wrapped lines and
//! torn fragments, and the cutting of huge lines; leaves every judgement of content to later stages.

mod lines;

use crate::document::{Join, Part, Unit, Units};

/// Finds the units of a document text.
#[must_use]
pub fn units(text: &str) -> Units {
    let mut units = Units::default();
    let mut blank = 0_u8;
    for (number, line) in lines::lines(text).enumerate() {
        units.lines += 1;
        if line.text.is_empty() {
            blank = blank.saturating_add(1);
            continue;
        }
        let first = units.parts.len() as u32;
        units.parts.push(Part {
            span: line.text,
            join: Join::Space,
        });
        units.units.push(Unit {
            span: line.text,
            parts: (first, first + 1),
            line: number as u32,
            indent: line.indent,
            blank_before: if units.units.is_empty() { 0 } else { blank },
            continues: false,
        });
        blank = 0;
    }
    units
}
