//! Words of the lines that say which section a story is in, from `data/sections.tsv`.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::index::{Index, built_index};
use super::table;

const DATA: &str = include_str!("data/sections.tsv");

/// The longest phrase that is looked up, in bytes.
const LONGEST: usize = 64;

/// What a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The name of a section.
    Section,
    /// The first step of a breadcrumb, which says nothing.
    Root,
    /// The last step of a breadcrumb, which is the story itself.
    Page,
    /// A sentence with the section in it.
    Frame,
}

static ROWS: Index = built_index!("sections", DATA);

/// What stands before and behind the section in the sentences that name it.
static FRAMES: LazyLock<Vec<(Finder<'static>, Finder<'static>)>> = LazyLock::new(|| {
    let mut frames: Vec<_> = table::rows::<2>(DATA)
        .flatten()
        .filter(|(_, [_, kind])| step(kind) == Some(Step::Frame))
        .filter_map(|(_, [phrase, _])| phrase.split_once('0'))
        .collect();
    frames.sort_unstable();
    frames
        .into_iter()
        .map(|(before, behind)| (Finder::new(before), Finder::new(behind)))
        .collect()
});

fn step(kind: &str) -> Option<Step> {
    Some(match kind {
        "section" => Step::Section,
        "root" => Step::Root,
        "page" => Step::Page,
        "frame" => Step::Frame,
        _ => return None,
    })
}

/// What `phrase`, in any case, is among the steps of a breadcrumb.
#[must_use]
pub fn of(phrase: &str) -> Option<Step> {
    if phrase.is_empty() || phrase.len() > LONGEST {
        return None;
    }
    ROWS.get(&phrase.to_lowercase()).and_then(step)
}

/// The section that `line` names in a sentence.
#[must_use]
pub fn framed(line: &str) -> Option<&str> {
    FRAMES.iter().find_map(|(before, behind)| {
        let at = before.find(line.as_bytes())? + before.needle().len();
        let end = behind.find(&line.as_bytes()[at..])?;
        let section = line[at..at + end].trim();
        (!section.is_empty() && section.len() <= LONGEST).then_some(section)
    })
}

#[cfg(test)]
mod tests {
    use super::{DATA, Step, framed, of, step, table};

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        for (line, [phrase, kind]) in table::sorted_lower_rows::<2>(DATA) {
            assert_eq!(
                step(kind) == Some(Step::Frame),
                phrase.contains('0'),
                "line {line}"
            );
            assert!(step(kind).is_some(), "line {line}");
        }
    }

    #[test]
    fn sections_are_known_by_name_and_by_sentence() {
        assert_eq!(of("Politics"), Some(Step::Section));
        assert_eq!(of("뉴스"), Some(Step::Root));
        assert_eq!(of("harbour"), None);
        assert_eq!(
            framed("이 기사는 언론사에서 사회 섹션으로 분류했습니다."),
            Some("사회")
        );
        assert_eq!(framed("사회 섹션"), None);
    }
}
