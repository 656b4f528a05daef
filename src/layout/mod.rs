//! Lines to units: what is to be judged as one. Owns the finding of lines, the rejoining of hard-wrapped lines and
//! torn fragments, and the cutting of huge lines; leaves every judgement of content to later stages.
//!
//! | file | owns |
//! | --- | --- |
//! | `lines` | physical lines, their indentation |
//! | `wrap` | whether a page is hard-wrapped, and which of its lines continue the line before |
//! | `fragments` | lines torn at links and bold words |
//! | `cut` | a whole page or article on one line, cut at sentences |

mod cut;
mod fragments;
mod lines;
mod wrap;

use crate::document::{Join, Line, Part, Span, Unit, Units};

/// Finds the units of a document text.
#[must_use]
pub fn units(text: &str) -> Units {
    let lines: Vec<Line> = lines::lines(text).collect();
    let mut joins = wrap::joins(text, &lines);
    fragments::join(text, &lines, &mut joins);

    let printed = lines.iter().filter(|line| !line.text.is_empty()).count();
    let mut builder = Builder {
        text,
        units: Units {
            units: Vec::with_capacity(printed),
            parts: Vec::with_capacity(printed),
            lines: lines.len() as u32,
        },
        blank: 0,
    };
    let mut at = 0;
    while at < lines.len() {
        let mut end = at + 1;
        while end < lines.len() && joins[end].is_some() {
            end += 1;
        }
        builder.push(at, &lines[at..end], &joins[at..end]);
        at = end;
    }
    builder.units
}

struct Builder<'a> {
    text: &'a str,
    units: Units,
    blank: u8,
}

impl Builder<'_> {
    /// Adds the unit, or the units, that `lines` make; `number` is the first one's number.
    fn push(&mut self, number: usize, lines: &[Line], joins: &[Option<Join>]) {
        let [first, .., last] = lines else {
            let line = lines[0];
            if line.text.is_empty() {
                self.blank = self.blank.saturating_add(1);
            } else if line.text.len() > cut::LONG_LINE {
                for (i, span) in cut::pieces(self.text, line.text).into_iter().enumerate() {
                    self.unit(
                        number,
                        line.indent,
                        span,
                        i > 0,
                        [Part {
                            span,
                            join: Join::Space,
                        }],
                    );
                }
            } else {
                self.unit(
                    number,
                    line.indent,
                    line.text,
                    false,
                    [Part {
                        span: line.text,
                        join: Join::Space,
                    }],
                );
            }
            return;
        };
        let hull = Span::new(first.text.start, last.text.end);
        let parts = lines.iter().zip(joins).map(|(line, join)| Part {
            span: line.text,
            join: join.unwrap_or_default(),
        });
        self.unit(number, first.indent, hull, false, parts);
    }

    fn unit(
        &mut self,
        line: usize,
        indent: u8,
        span: Span,
        continues: bool,
        parts: impl IntoIterator<Item = Part>,
    ) {
        let start = self.units.parts.len() as u32;
        self.units.parts.extend(parts);
        let blank_before = if self.units.units.is_empty() || continues {
            0
        } else {
            self.blank
        };
        self.units.units.push(Unit {
            span,
            parts: (start, self.units.parts.len() as u32),
            line: line as u32,
            indent,
            blank_before,
            continues,
        });
        self.blank = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::units;

    fn texts(text: &str) -> Vec<String> {
        let units = units(text);
        (0..units.units.len())
            .map(|i| units.text(text, i))
            .collect()
    }

    #[test]
    fn blank_lines_are_counted_before_the_unit_they_precede() {
        let got = units("\n\na\n\n \nb\nc\n");
        let blanks: Vec<u8> = got.units.iter().map(|unit| unit.blank_before).collect();
        assert_eq!(blanks, [0, 2, 0]);
        assert_eq!(got.units[1].line, 5);
    }

    #[test]
    fn a_hard_wrapped_page_becomes_paragraphs() {
        let page = "
   The council met on Tuesday to decide whether the
   old bridge should be closed to all traffic before
   winter, and after three hours it had not decided.

   Nobody was surprised. The mayor said that the
   committee would look at the figures again, and the
   engineers would be heard once more in December, if
   they had finished counting the lorries by then and
   the snow allowed it.

   Related
   Bridge
";
        let got = texts(page);
        assert_eq!(got.len(), 4, "{got:#?}");
        assert!(got[0].ends_with("it had not decided."));
        assert!(got[1].starts_with("Nobody") && got[1].ends_with("allowed it."));
        assert_eq!(got[2..], ["Related", "Bridge"]);
    }

    #[test]
    fn fragments_torn_at_a_link_are_rejoined() {
        let page = "\
The council met on Tuesday, as
the mayor had asked
, and went home without a vote on the old
bridge
.
Most read
Storm warning for the coast
The next meeting, said the
head of the committee
Ann Example, will be held in the spring when the snow is gone.
";
        let got = texts(page);
        assert_eq!(
            got[0],
            "The council met on Tuesday, as the mayor had asked, and went home without a vote on the old bridge."
        );
        assert_eq!(got[1..3], ["Most read", "Storm warning for the coast"]);
    }

    #[test]
    fn a_torn_byline_is_rejoined_apart_from_the_headline() {
        let story = "The council met on Tuesday, as\nthe mayor had asked\n, and went home without a vote on the old\nbridge\n.\n";
        let heads = [
            ("May 3, 2019", "by\nAnna Holm", "4 comments"),
            ("Sport", "von\nAnna Holm\nund", "Jan Wick"),
            ("Sport", "Veröffentlicht von\nmira", "12. Mai 2019"),
            ("11 minutes ago", "by Anna Holm", "Share"),
            ("Lyrik", "Eingestellt von\nmira\num 10:52", "Labels:"),
        ];
        for (above, byline, below) in heads {
            let got = texts(&format!(
                "A bridge for the islands of Alder\n{above}\n{byline}\n{below}\n{story}"
            ));
            let byline = byline.replace('\n', " ");
            let want = ["A bridge for the islands of Alder", above, &byline, below];
            assert_eq!(got[..4], want);
        }
        let within = texts(&format!(
            "{story}The lamps are a gift\nby\nAnna Holm\n, who builds them in her yard.\n"
        ));
        assert_eq!(
            within[1],
            "The lamps are a gift by Anna Holm, who builds them in her yard."
        );
    }

    #[test]
    fn a_dutch_sentence_may_open_with_an_apostrophe() {
        let sails = "De veerboot vertrekt elke ochtend om negen uur uit de haven.";
        let back = "’s Avonds vaart hij terug.";
        assert_eq!(texts(&format!("{sails}\n{back}\n")), [sails, back]);
        let whose =
            texts("The ferry belongs to the town and to the captain Anna Holm\n’s family.\n");
        assert_eq!(whose.len(), 1);
    }

    #[test]
    fn a_label_in_bold_and_a_large_initial_go_on_with_their_paragraph() {
        let page = "Price:\nTwelve crowns, as before.\nT\nhe ferry sails at noon, and at six in the evening\n, as it \
                    always did. The second\none\n, a smaller ship, stays.\n";
        assert_eq!(
            texts(page),
            [
                "Price: Twelve crowns, as before.",
                "The ferry sails at noon, and at six in the evening, as it always did. The second one, a smaller ship, stays."
            ]
        );
    }

    #[test]
    fn a_large_initial_opens_its_paragraph() {
        let page = "Where the second ferry of the island goes\nT\nhe ferry sails at noon, and at six in the evening\n, \
                    as it always did. The second\none\n, a smaller ship, stays.\n";
        assert_eq!(texts(page).len(), 2);
        assert_eq!(texts(page)[0], "Where the second ferry of the island goes");
    }

    #[test]
    fn a_mark_that_closes_in_german_does_not_open() {
        let page = "Er sagte am Montag im Rathaus: „Wir bleiben, und\nniemand\n, auch der Rat nicht, wird das ändern können.“\nDie Stadt schwieg dazu.\n";
        assert_eq!(texts(page).len(), 2);
    }

    #[test]
    fn ordinary_lines_stay_apart() {
        let page = "Home\nNews\nSport\n\nA first paragraph of the story ends here.\nA second one follows it.\n";
        assert_eq!(texts(page).len(), 5);
    }

    #[test]
    fn a_word_broken_at_the_wrap_is_mended() {
        let page = "\
The ministry announced on Monday that the long-await-
ed reform of the waterways would be put before the
parliament in the autumn of the year, after the elec-
tion; the opposition called that an empty promise to
the towns along the river, which have waited for it.
";
        let got = texts(page);
        assert_eq!(got.len(), 1, "{got:#?}");
        assert!(
            got[0].contains("long-awaited reform") && got[0].contains("election;"),
            "{got:#?}"
        );
    }
}
