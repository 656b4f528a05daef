//! Lines into units: in order, on character boundaries, within the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let units = copydesk::layout::units(text);
    let mut last = 0;
    for (i, unit) in units.units.iter().enumerate() {
        assert!(unit.span.start >= last && unit.span.start < unit.span.end);
        assert!(text.get(unit.span.start as usize..unit.span.end as usize).is_some());
        assert!(!units.text(text, i).is_empty());
        last = unit.span.end;
    }
});
