use super::{
    AGAIN_NAMES, Dates, Form, Headline, Mention, Page, Setting, again, filled, is_alone, line,
    lone, mentions, pictured, stacked, standings,
};
use crate::label::{Labels, LineKind, Reason, Verdict};
use crate::layout;

fn on_page<T>(text: &str, see: impl Fn(&Page<'_>) -> T) -> T {
    let units = layout::units(text);
    let verdict = |text: &str| {
        let kind = if text.len() > 70 {
            LineKind::Body
        } else {
            LineKind::Unknown
        };
        Verdict::new(kind, Reason::ModelNotBody, 90)
    };
    let verdicts = units.units.iter().map(|u| verdict(u.span.of(text)));
    let mut labels = Labels::new(&units, verdicts);
    labels.language = "en";
    see(&Page::new(text, &units, &labels))
}

/// A page without headline and notice.
fn setting<'a, 'p>(page: &'a Page<'p>, dates: &'a Dates) -> Setting<'a, 'p> {
    Setting {
        page,
        dates,
        headline: None,
        notice: None,
    }
}

/// What a mention is that was weighed .9, where the page has no headline.
fn weighed(page: &Page<'_>, mention: &[Mention]) -> f32 {
    let dates = Dates::new(page, None);
    let setting = setting(page, &dates);
    standings(setting, mention, &filled(page, mention))[0].of(0.9)
}

fn alone(text: &str) -> bool {
    on_page(text, |page| is_alone(page, &Dates::new(page, None), 0))
}

#[test]
fn a_name_is_seen_beside_the_others_of_its_line() {
    on_page("By Ada Holm and Jan Wick", |page| {
        let mut found = Vec::new();
        line(page, 0, page.raw(0), 0, None, &[], &mut found);
        let rows = again(&found, &[2.0, -1.0]);
        let see = |row: usize, name: &str| {
            rows[row][AGAIN_NAMES.iter().position(|n| *n == name).unwrap()]
        };
        assert_eq!(see(0, "best-beside"), -1.0);
        assert_eq!(see(1, "best-beside"), 2.0);
        assert_eq!(see(1, "joined-before"), 2.0);
        assert_eq!(see(0, "joined-behind"), -1.0);
        assert!(see(1, "joined-behind") < -1.0 && see(1, "best-above") < -1.0);
    });
}

#[test]
fn an_outlet_behind_a_name_is_cut_off() {
    let text = "Harbour Herald International\nBy Ada Holm Harbour Herald International\n";
    on_page(text, |page| {
        let mut found = Vec::new();
        line(page, 1, page.raw(1), 0, None, &[], &mut found);
        assert_eq!(found[0].name, "Ada Holm");
        assert_eq!(found[0].span.of(page.text), "Ada Holm");
    });
    on_page("By Ada Maria Holm Solheim\n", |page| {
        let mut found = Vec::new();
        line(page, 0, page.raw(0), 0, None, &[], &mut found);
        assert_eq!(found[0].name, "Ada Maria Holm Solheim");
    });
}

#[test]
fn one_word_of_an_office_or_a_sentence_is_no_name() {
    let kept = |text: &str| {
        on_page(text, |page| {
            let mut found = Vec::new();
            line(page, 0, page.raw(0), 0, None, &[], &mut found);
            weighed(page, &found[..1]) > 0.5
        })
    };
    assert!(kept("Posted by Mira on 3 May 2019\n"));
    assert!(kept("Posted by Mira under Harbour\n"));
    assert!(kept("By Mira\n"));
    assert!(!kept("By Alder Court Reporter\n"));
    assert!(!kept("By Boats and those who sail them\n"));
}

#[test]
fn the_mark_of_an_agency_s_rights_names_who_wrote_the_story() {
    let story =
        "The harbour of Alder has a new bridge, and the town says that it took seven years. "
            .repeat(4);
    let credit = |end: &str| {
        on_page(&format!("{story}{end}"), |page| {
            let found = mentions(page, &Dates::new(page, None), None);
            let claims = found.iter().filter(|m| m.form == Form::Credited);
            claims
                .map(|m| (m.name.clone(), m.claim.of(page.text).to_owned()))
                .next()
        })
    };
    let claim = |name: &str, claim: &str| Some((name.to_owned(), claim.to_owned()));
    assert_eq!(
        credit("(c)AFP/Mira HOLM"),
        claim("Mira HOLM", "(c)AFP/Mira HOLM")
    );
    assert_eq!(credit("(c)AFP/Mira HOLM, who was there"), None);
    assert_eq!(credit("(c)AFP"), None);
}

#[test]
fn who_wrote_a_book_took_a_picture_or_is_shown_from_elsewhere_is_no_author() {
    let kept = |text: &str| {
        on_page(text, |page| {
            let mut found = Vec::new();
            for unit in 0..page.len() {
                line(page, unit, page.raw(unit), 0, None, &[], &mut found);
            }
            let ann = found.iter().find(|m| m.name.starts_with("Anna Holm"));
            weighed(page, &[ann.unwrap().clone()]) > 0.5
        })
    };
    assert!(kept(
        "The Tides\n\nAuthor: Anna Holm\n\nReview: a book of the sea\n"
    ));
    assert!(!kept(
        "The Tides\n\nAuthor: Anna Holm\n\nPublisher: Harbour Books\n"
    ));
    assert!(kept("Harbour\n\nBy Anna Holm on 3 May\n"));
    assert!(!kept(
        "Harbour\n\nShared by Anna Holm (@annaholm) on 3 May\n"
    ));
    assert!(!kept("Harbour\n\n— Anna Holm (@annaholm) 3 May\n"));
    assert!(!kept("Harbour\n\n← Anna Holm - Boats\n"));
    assert!(!kept("Harbour\n\n© Visit Harbour / Anna Holm\n"));
    assert!(!kept("Harbour\n\nAnna Holm / Reuters\n"));
    assert!(!kept("Harbour\n\nharbour pictures / REUTERS | Anna Holm\n"));
    assert!(kept("Harbour\n\nAnna Holm / Harbour\n"));
    assert!(!kept("Harbour\n\nBy Anna Holm Limited\n"));
}

#[test]
fn where_a_name_stands_says_what_it_is() {
    let placed = |text: &str, name: &str| {
        on_page(text, |page| {
            let dates = Dates::new(page, None);
            let headline = headed(page);
            let found = mentions(page, &dates, Some(&headline));
            let setting = Setting {
                page,
                dates: &dates,
                headline: Some(&headline),
                notice: None,
            };
            let at = found.iter().position(|m| m.name == name).unwrap();
            standings(setting, &found, &filled(page, &found))[at].of(0.2)
        })
    };
    let body = "\n\nThe harbour was dredged before winter, as it is each year, says the town.\n";
    let page = |line: &str| format!("Dredgers are back\n\n{line}{body}");
    assert!(placed(&page("Ovel Strandu | 05.04.2025"), "Ovel Strandu") > 0.5);
    assert!(
        placed(
            &page("Ovel Strandu\nPublished 5 April 2025"),
            "Ovel Strandu"
        ) > 0.5
    );
    assert!(placed(&page("5 April 2025 Ovel Strandu"), "Ovel Strandu") > 0.5);
    assert!(placed(&page("Ovel Strandu/Mira Kell"), "Mira Kell") > 0.5);
    assert!(placed(&page("Posted by Tide at 10:52"), "Tide") > 0.5);
    assert!(placed(&page("Reuters, Ovel Strandu"), "Ovel Strandu") > 0.5);
    assert!(placed(&page("Ovel Strandu"), "Ovel Strandu") < 0.5);
    assert!(placed(&page("Anna Strandu"), "Anna Strandu") > 0.5);
    assert!(placed(&page("Ovel Strandu\nReporter"), "Ovel Strandu") > 0.5);
    assert!(placed(&page("Ovel Strandu\novel@tide.example"), "Ovel Strandu") > 0.5);
    assert!(placed(&page("By\nOvel Strandu\nMira Kell"), "Mira Kell") > 0.5);
    let place = page("Ovel STRANDU - Mira KELL / LYON, (HRB)\n5 April 2025");
    assert!(placed(&place, "Mira KELL") > 0.5);
    let agency = page(
        "Ovel STRANDU/LYON, (HRB) - The dredgers are back in Lyon, says the town, and will stay until summer, with all their noise and all their mud, day and night.",
    );
    assert!(placed(&agency, "Ovel STRANDU") > 0.5);
    let told = page("Boats painted by Anna Holm are shown in the town hall");
    assert!(placed(&told, "Anna Holm") < 0.5);
}

#[test]
fn names_one_above_the_other_vouch_for_each_other() {
    on_page("Ada Holm\n\nJan Wick\n", |page| {
        let found: Vec<Mention> = {
            let mut found = Vec::new();
            line(page, 0, page.raw(0), 0, None, &[], &mut found);
            line(page, 1, page.raw(1), 0, None, &[], &mut found);
            found
        };
        let dates = Dates::new(page, None);
        assert_eq!(
            stacked(
                setting(page, &dates),
                &found,
                &filled(page, &found),
                &[1.0, 2.0],
                vec![0.4, 0.9]
            )[0],
            0.8
        );
        assert_eq!(
            stacked(
                setting(page, &dates),
                &found,
                &filled(page, &found),
                &[-1.0, 2.0],
                vec![0.4, 0.9]
            )[0],
            0.4
        );
    });
}

#[test]
fn a_byline_alone_is_told_from_a_headline_that_names_somebody() {
    assert!(alone(
        "한빛군 기자 hanbit@example.com | 입력 2024.02.20 18:32:59\n"
    ));
    assert!(alone("By Anna Holm\n"));
    assert!(alone("Written by Anna Holm on May 3, 2019\n"));
    assert!(alone("서울=김한빛 기자\n"));
    assert!(!alone(
        "Harbour dredged by Anna Holm and her crew before winter\n"
    ));
    assert!(!alone("By the numbers: a harbour\n"));
    assert!(!alone("김한빛 기자 회견장에서 퇴장\n"));
}

#[test]
fn a_name_in_a_phrase_or_over_a_comment_is_no_byline() {
    let kept = |text: &str| {
        on_page(text, |page| {
            let mut found = Vec::new();
            line(page, 0, page.raw(0), 0, None, &[], &mut found);
            weighed(page, &found[..1]) > 0.5
        })
    };
    assert!(!kept("Die Fähre brachte die Boote von Anna Holm\n"));
    assert!(kept("Boote am Kai: von Anna Holm\n"));
    assert!(kept("Ein guter Tag. Ein Kommentar von Anna Holm\n"));
    assert!(!kept("Kommentar von Anna Holm — 10:39 | Antworten\n"));
    assert!(kept("Geschrieben von Anna Holm — 10:39 | Antworten\n"));
    assert!(!kept("By Anna?\n"));
    assert!(kept(
        "Aus Lyon berichten Anna Holm und Jan-Peter Wickmann\n"
    ));
    assert!(!kept(
        "Die Boote von Anna Holm und ihren Leuten sind zurück\n"
    ));
}

#[test]
fn the_only_byline_of_a_page_is_found_wherever_it_stands() {
    let names = |text: &str| {
        on_page(text, |page| {
            let found = lone(page, &Dates::new(page, None));
            found.into_iter().map(|m| m.name).collect::<Vec<_>>()
        })
    };
    let menu = "Home\nHarbour\nTides\n";
    let page = |line: &str| format!("{menu}{line}\n{menu}");
    assert_eq!(names(&page("Posted by annah on 3 May 2019")), ["annah"]);
    assert_eq!(names(&page("Written by Anna Holm")), ["Anna Holm"]);
    assert_eq!(
        names(&page("By Anna Holm and Jan Wick for harbour.example")),
        ["Anna Holm", "Jan Wick"]
    );
    assert_eq!(names(&page("Written by Anna\n3 May 2019")), ["Anna"]);
    assert!(names(&page("By the sea")).is_empty());
    let foot = "mira_sol 2019-05-03 20:31\nHarbour\nid:mira_sol";
    assert_eq!(names(&page(foot)), ["mira_sol"]);
    assert!(names(&page("mira_3 2019-05-03 20:31\nHarbour\nid:miro_3")).is_empty());
    let filed = "Filed under: Boats, Tides — mira_sol @ 21:14";
    assert_eq!(names(&page(filed)), ["mira_sol"]);
    let closing = |line: &str| names(&format!("{menu}{STORY}\n{STORY}\n{line}\n"));
    assert_eq!(closing("Old Boat um 3.5.2019, 21:14"), ["Old Boat"]);
    assert!(closing("The crew met at 21:14").is_empty());
    assert!(closing("Concert at 19:30").is_empty());
    assert!(closing("Erschienen am 3.5.2019, 21:14").is_empty());
    assert_eq!(
        closing("港が開いた。（燈野壮）\nシェア\n燈野壮"),
        ["燈野壮"]
    );
    assert!(closing("港が開いた。（燈野壮）\nシェア").is_empty());
    assert!(names(&page("Written by Anna")).is_empty());
    let two = page("Written by Anna Holm") + &page("Written by Jan Wick");
    assert!(names(&two).is_empty());
    let again = page("Written by Anna Holm") + &page("Written by Anna Holm");
    assert_eq!(names(&again), ["Anna Holm"]);
}

#[test]
fn the_name_beside_the_date_is_found_at_the_head_alone() {
    let name = |text: &str| {
        on_page(text, |page| {
            let dates = Dates::new(page, None);
            let unit = (0..page.len()).find(|unit| !dates.of(*unit).is_empty());
            super::lone::beside(page, &dates, unit.unwrap()).map(|m| m.name)
        })
    };
    let body = "The harbour was dredged before winter, as it is each year, says the town.\n";
    assert_eq!(
        name(&format!("Anna Holm 3 May 2019\n\n{body}")).as_deref(),
        Some("Anna Holm")
    );
    assert_eq!(
        name(&format!("Anna · 3 May 2019 · 7 comments\n\n{body}")).as_deref(),
        Some("Anna")
    );
    assert_eq!(
        name(&format!("3 May 2019 lupa17 Leave a comment\n\n{body}")).as_deref(),
        Some("lupa17")
    );
    assert_eq!(
        name(&format!("3 May 2019 | mira\n\n{body}")).as_deref(),
        Some("mira")
    );
    assert_eq!(name(&format!("3 May 2019 mira and boats\n\n{body}")), None);
    assert_eq!(name(&format!("3 May 2019 Boats\n\n{body}")), None);
    assert_eq!(name(&format!("3 May 2019 14:59 horas\n\n{body}")), None);
    assert_eq!(name(&format!("Anna 3 May 2019\n\n{body}")), None);
    assert_eq!(name(&format!("Harbour Tides 3 May 2019\n\n{body}")), None);
    assert_eq!(
        name(&format!("{body}\n{body}\n{body}\nAnna Holm 3 May 2019\n")),
        None
    );
}

#[test]
fn bylines_of_other_stories_are_told_by_their_place() {
    let body = "The harbour was dredged before winter, as it is each year, says the town.\n";
    let kept = |line: &str| {
        on_page(&format!("Dredgers\n\n{body}\n{body}\n{line}\n"), |page| {
            let found = mentions(page, &Dates::new(page, None), None);
            let found: Vec<Mention> = found.into_iter().filter(|m| m.unit > 2).collect();
            weighed(page, &found[found.len() - 1..]) > 0.5
        })
    };
    assert!(kept("By Anna Holm"));
    assert!(!kept("Related articles\nFerry sold\nBy Anna Holm"));
    assert!(!kept("Column by Anna Holm: the ferry was sold last night"));
    assert!(!kept(
        "News from the harbour for your ears: by Anna Holm on birds"
    ));
    assert!(kept("Harbour, 2009-2020 by Anna Holm"));
    assert!(!kept("Anna Holm\nPress officer\nTel. 030 123456"));
    assert!(kept("김한빛 기자"));
    assert!(!kept("사회 | 김한빛 기자"));
    assert!(!kept("[기자수첩] 배는 다시 온다 - 김한빛 기자"));
    assert!(!kept("김한빛 기자, 올해의 보도상 받아"));
    assert!(!kept("이전글 : [인터뷰] 김한빛 교수 배를 말하다"));
    assert!(!kept("Related articles\nFerry sold\nBy Anna Holm"));
    assert!(kept(
        "Related articles\nFerry sold\nPosted by Anna Holm at 18:52"
    ));
    assert!(!kept("Comments\nAnna Holm\n3 May 2019"));
    assert!(kept("Harbour\nAnna Holm\n3 May 2019"));
    let answers = "\nAnna Holm\n3 May 2019".repeat(3);
    assert!(kept(&format!("Comments{answers}")));
    assert!(!kept(
        "The boats at dawn, before they sail. (HRB Photo/Anna Holm)\nAnna Holm"
    ));
    assert!(!kept("Portal Anna Holm\n3 May 2019"));
    assert!(!kept("HRB Harbours\n3 May 2019"));
    assert!(!kept("Anna Holm\nPress officer\n030 123456-7"));
}

#[test]
fn reporters_sign_the_parts_of_a_story_and_guests_do_not() {
    let names = |line: &str| {
        on_page(
            &format!("Harbours\n{STORY}\n{STORY}\n{line}\n{STORY}\n{STORY}\n"),
            |page| {
                let found = mentions(page, &Dates::new(page, None), None);
                let kept = found
                    .iter()
                    .filter(|m| weighed(page, std::slice::from_ref(*m)) > 0.5);
                kept.map(|m| m.name.clone()).collect::<Vec<_>>()
            },
        )
    };
    assert_eq!(names("김한빛 기자"), ["김한빛"]);
    assert!(names("김한빛 대표").is_empty());
}

#[test]
fn names_vouch_for_those_beside_them() {
    let body = "\n\nThe harbour was dredged before winter, as it is each year, says the town.\n";
    let given = |lines: &str, first: f32| {
        on_page(&format!("Dredgers are back\n\n{lines}{body}"), |page| {
            let dates = Dates::new(page, None);
            let found = mentions(page, &dates, None);
            let found: Vec<Mention> = found.into_iter().filter(|m| m.unit > 0).collect();
            let mut weights = vec![0.1; found.len()];
            weights[0] = first;
            let filled = filled(page, &found);
            let weights = stacked(
                setting(page, &dates),
                &found,
                &filled,
                &weights.clone(),
                weights,
            );
            let weights = super::persons::listed(page, &found, &filled, weights);
            let sure = found
                .iter()
                .zip(weights)
                .filter(|(_, weight)| *weight > 0.5);
            sure.map(|(m, _)| m.name.clone()).collect::<Vec<_>>()
        })
    };
    let both = ["Ovel Strandu", "Mira Kell"];
    assert_eq!(
        given("Ovel Strandu\nTide News, Lyon\nMira Kell\nTide Radio", 0.9),
        both
    );
    assert_eq!(
        given("Ovel Strandu\nTide News\nMira Kell\nBoat Radio", 0.9),
        both[..1]
    );
    assert_eq!(given("Ovel Strandu and Mira Kell 5 April 2025", 0.9), both);
    assert_eq!(
        given("Ovel Strandu and Mira Kell 5 April 2025", 0.2),
        both[..0]
    );
}

/// The first line as the headline.
fn headed(page: &Page<'_>) -> Headline {
    Headline {
        first: 0,
        last: 0,
        line: page.line(0).into_owned(),
        probability: 1.0,
        alternatives: Vec::new(),
    }
}

/// Whether the name found first in unit `unit` of a page headed by its first line stays as likely as it was weighed.
fn kept_below_headline(text: &str, unit: usize) -> bool {
    on_page(text, |page| {
        let headline = headed(page);
        let mut found = Vec::new();
        line(page, unit, page.raw(unit), 0, None, &[], &mut found);
        let setting = Setting {
            page,
            dates: &Dates::new(page, None),
            headline: Some(&headline),
            notice: None,
        };
        let mention = &found[..1];
        standings(setting, mention, &filled(page, mention))[0].of(0.9) > 0.5
    })
}

const STORY: &str = "The harbour of Alder has a new bridge, and the town says that it took seven years to build it at all.";

#[test]
fn who_took_a_picture_may_have_written_as_well() {
    let page =
        |named: &str| format!("A bridge at last\nAnna Holm\n{STORY}\n{STORY} {named}\n{STORY}\n");
    assert!(kept_below_headline(&page("Photo: Anna Holm/AP"), 1));
    assert!(!kept_below_headline(&page("So says Anna Holm."), 1));
    assert!(!kept_below_headline(
        &page("Anna Holm opened it herself."),
        1
    ));
}

#[test]
fn a_column_is_headed_by_its_author() {
    let page = |headline: &str| format!("{headline}\nAnna Holm\n{STORY}\n{STORY}\n");
    assert!(kept_below_headline(
        &page("Anna Holm: Leave the boats alone"),
        1
    ));
    assert!(!kept_below_headline(
        &page("Leave the boats to Anna Holm"),
        1
    ));
    let line = |line: &str| format!("Anna Holm. Leave the boats alone\n{line}\n{STORY}\n{STORY}\n");
    assert!(kept_below_headline(
        &line("Anna Holm, captain, dawn.example 3 May 2019"),
        1
    ));
    assert!(!kept_below_headline(&line("Anna Holm, captain at Dawn"), 1));
}

#[test]
fn the_text_of_an_agency_s_picture_is_no_story() {
    let page = |end: &str| {
        let line = format!(
            "[은하=가람통신] 한하늘 기자 = {}{end}",
            "항구에 새 다리가 놓였다. ".repeat(8)
        );
        format!("다리 놓인 항구\n{line}\n{STORY}\n")
    };
    assert!(kept_below_headline(
        &page("시는 일곱 해가 걸렸다고 밝혔다."),
        1
    ));
    assert!(!kept_below_headline(
        &page("2019.05.03. sky@garam.example"),
        1
    ));
}

#[test]
fn who_took_the_picture_stands_below_its_text() {
    let given = |lines: &str| {
        on_page(
            &format!("A bridge at last\n{lines}\n{STORY}\n{STORY}\n"),
            |page| {
                let dates = Dates::new(page, None);
                let headline = headed(page);
                let setting = Setting {
                    page,
                    dates: &dates,
                    headline: Some(&headline),
                    notice: None,
                };
                let found = mentions(page, &dates, None);
                let found: Vec<_> = found.into_iter().filter(|m| m.unit > 0).collect();
                let filled = filled(page, &found);
                let weighed = pictured(setting, &found, &filled, vec![0.9; found.len()]);
                let kept = found.into_iter().zip(weighed).filter(|(_, p)| *p > 0.5);
                kept.map(|(m, _)| m.name).collect::<Vec<_>>()
            },
        )
    };
    let text = "Boats wait at the lock on Monday morning.";
    let signed = "Anna Holm\n3 May 2019";
    assert_eq!(given(&format!("{signed}\n{text}\nJan Wick")), ["Anna Holm"]);
    assert_eq!(
        given(&format!("{signed}\nBoats\nJan Wick")),
        ["Anna Holm", "Jan Wick"]
    );
    let standfirst = "The town says that it took seven years to build it";
    assert_eq!(
        given(&format!("{standfirst}\n{text}\nJan Wick\n{signed}")),
        ["Anna Holm"]
    );
    assert_eq!(
        given(&format!("{text}\nJan Wick\n{signed}")),
        ["Jan Wick", "Anna Holm"]
    );
}

#[test]
fn a_list_of_names_goes_on_below_what_the_first_does() {
    let text =
        format!("A bridge at last\nBy Anna Holm\nReporter\nand  Jan Wick\n{STORY}\n{STORY}\n");
    let names = on_page(&text, |page| {
        let found = mentions(page, &Dates::new(page, None), None);
        found.into_iter().map(|m| m.name).collect::<Vec<_>>()
    });
    assert_eq!(names, ["Anna Holm", "Jan Wick"]);
}

#[test]
fn dates_outside_the_part_that_is_searched_are_left_out() {
    let tags = "boats, ".repeat(40);
    for text in [
        format!("Posted by Anna Holm at 18:52 Tagged with: {tags} 3 May 2019, 18:52\n"),
        format!(
            "Posted by Anna Holm at 18:52 {} 3 May 2019 é{tags}\n",
            "x".repeat(160)
        ),
        format!("3 May 2019 and Jan Wick 4 May 2019\n{STORY}\n"),
        format!("By Anna Holm\nand  Jan Wick 4 May 2019\n{STORY}\n"),
    ] {
        on_page(&text, |page| {
            let dates = Dates::new(page, None);
            lone(page, &dates);
            for m in mentions(page, &dates, None) {
                assert!(page.span(m.unit).start <= m.span.start && m.name.len() < 40);
            }
        });
    }
    let timed = on_page(
        &format!("By Anna Holm\nand Jan Wick 4 May 2019\n{STORY}\n"),
        |page| {
            let found = mentions(page, &Dates::new(page, None), None);
            found.iter().map(|m| m.before_date).collect::<Vec<_>>()
        },
    );
    assert_eq!(timed, [false, true]);
}
