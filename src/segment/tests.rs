//! Blocks from labels that are given by hand.

use super::{Weights, roles, segment};
use crate::document::{Document, Span, Units};
use crate::label::{Claim, Labels, LineKind, Reason, Verdict};
use crate::layout;
use crate::record::{BlockKind, Segmented};

/// Segments `text`, every line labelled by the function.
fn segmented(text: &str, kind: impl Fn(&str) -> LineKind, claims: &[Claim]) -> Segmented {
    let document = Document {
        text: text.to_owned(),
        ..Document::default()
    };
    let units: Units = layout::units(text);
    let verdicts: Vec<_> = (0..units.units.len())
        .map(|i| Verdict::new(kind(&units.text(text, i)), Reason::ModelBody, 90))
        .collect();
    let mut labels = Labels::new(&units, verdicts);
    labels.language = "ko";
    labels.claim(claims);
    let roles = roles(&document, &units, &labels, Weights::shipped());
    labels.claim(&roles.claims);
    segment(&document, &units, &labels, &roles.seams)
}

fn body(_: &str) -> LineKind {
    LineKind::Body
}

fn turns(segmented: &Segmented) -> Vec<(Option<&str>, &str)> {
    segmented
        .blocks
        .iter()
        .map(|block| (block.speaker.as_deref(), block.text.as_str()))
        .collect()
}

#[test]
fn paragraphs_without_a_label_continue_the_current_speaker() {
    let text = "앵커> 항만 파업 소식입니다.\n\n기자> 네, 항만입니다.\n\n노조는 오늘 파업을 끝냈습니다.\n\n\
                [한가람 / 새벽항만 노조위원장 : 오늘로 끝입니다.]\n\n내일부터 배가 뜹니다.\n";
    let got = segmented(text, body, &[]);
    let want = [
        (Some("앵커"), "항만 파업 소식입니다."),
        (Some("기자"), "네, 항만입니다."),
        (Some("기자"), "노조는 오늘 파업을 끝냈습니다."),
        (Some("한가람 / 새벽항만 노조위원장"), "오늘로 끝입니다."),
        (Some("기자"), "내일부터 배가 뜹니다."),
    ];
    assert_eq!(turns(&got), want);
    assert!(got.blocks.iter().all(|block| block.kind == BlockKind::Turn));
}

#[test]
fn a_label_on_its_own_line_speaks_for_what_follows() {
    let text = "[앵커]\n항만 소식입니다.\n[리포트]\n배가 떴습니다.\n[한가람/선장]\n\"기쁩니다.\"\n파도가 높습니다.\n";
    let kind = |line: &str| {
        if line.ends_with(']') {
            LineKind::Unknown
        } else {
            LineKind::Body
        }
    };
    let got = segmented(text, kind, &[]);
    let want = [
        (Some("앵커"), "항만 소식입니다."),
        (Some("리포트"), "배가 떴습니다."),
        (Some("한가람/선장"), "\"기쁩니다.\""),
        (Some("리포트"), "파도가 높습니다."),
    ];
    assert_eq!(turns(&got), want);
}

#[test]
fn a_paragraph_keeps_what_a_claim_at_its_head_leaves() {
    let text = "[한빛=새벽통신] 한가람 기자 =  \"배가 떴다.\" 선장은 말했다.";
    let end = text
        .find('=')
        .and_then(|at| text[at + 1..].find('=').map(|more| at + 1 + more))
        .unwrap();
    let claim = Claim {
        span: Span::at(0, end),
        kind: LineKind::Byline,
        reason: Reason::RunInByline,
        confidence: 99,
    };
    let got = segmented(text, body, &[claim]);
    assert_eq!(got.blocks.len(), 1);
    assert_eq!(got.blocks[0].text, "\"배가 떴다.\" 선장은 말했다.");
    assert!(got.blocks[0].parts.is_empty());
}

#[test]
fn what_is_cut_out_of_a_paragraph_leaves_one_paragraph_of_two_parts() {
    let text = "배가 떴다. 광고 보기 선장은 웃었다.";
    let from = text.find("광고").unwrap();
    let claim = Claim {
        span: Span::at(from, from + "광고 보기".len()),
        kind: LineKind::Advertisement,
        reason: Reason::AdvertisementWords,
        confidence: 99,
    };
    let got = segmented(text, body, &[claim]);
    assert_eq!(got.blocks.len(), 1);
    assert_eq!(got.blocks[0].text, "배가 떴다. 선장은 웃었다.");
    assert_eq!(got.blocks[0].parts.len(), 2);
}

#[test]
fn credits_are_captions_and_marks_are_headings() {
    let text = "배가 떴다.\n\n<사진 / 새벽일보>\n\n◆항만의 내일\n\n선장은 웃었다.\n";
    let kind = |line: &str| {
        if line.ends_with('.') {
            LineKind::Body
        } else {
            LineKind::Unknown
        }
    };
    let got = segmented(text, kind, &[]);
    let kinds: Vec<_> = got.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Paragraph,
            BlockKind::Caption,
            BlockKind::Heading,
            BlockKind::Paragraph
        ]
    );
    assert_eq!(got.blocks[1].credit.as_deref(), Some("새벽일보"));
}

#[test]
fn headlines_glued_on_one_line_stay_one_related_text() {
    let text = "배가 떴다.\n관련기사\n항만 파업 끝나[분석] 뱃길의 내일\n";
    let kind = |line: &str| {
        if line.ends_with('.') {
            LineKind::Body
        } else {
            LineKind::Related
        }
    };
    let got = segmented(text, kind, &[]);
    // The label of the list is none of its stories.
    assert_eq!(got.related.len(), 1);
    assert_eq!(
        got.related[0].headline.as_deref(),
        Some("항만 파업 끝나[분석] 뱃길의 내일")
    );
}

#[test]
fn a_sentence_printed_again_for_display_repeats_its_paragraph() {
    let text = "\"배가 다시 뜨는 날을 노조와 시민 모두가 손꼽아 기다려 왔습니다\"\n\n한가람 위원장은 10일 항만에서 \"배가 다시 뜨는 날을 노조와 \
                시민 모두가 손꼽아 기다려 왔습니다\"라고 말했다. 총회는 밤까지 이어졌다.\n";
    let got = segmented(text, body, &[]);
    assert_eq!(got.blocks[0].kind, BlockKind::Quote);
    assert_eq!(got.blocks[0].repeats, Some(1));
    assert_eq!(got.blocks[1].kind, BlockKind::Paragraph);
}

#[test]
fn rows_of_figures_are_tables() {
    let got = segmented("배가 떴다.\n\n새벽호\t12\t14\n", body, &[]);
    assert_eq!(got.blocks[1].kind, BlockKind::Table);
    assert_eq!(got.blocks[1].text, "새벽호 12 14");
}

fn kinds(segmented: &Segmented) -> Vec<(BlockKind, &str)> {
    let blocks = segmented.blocks.iter();
    blocks.map(|b| (b.kind, b.text.as_str())).collect()
}

#[test]
fn paragraphs_numbered_in_a_row_are_items_and_a_date_is_none() {
    let text = "Three steps lead to a berth.\n\n1. Sign the form at the harbour office.\n\n2. Pay the fee.\n\n\
                It is 40 crowns.\n\n3. Wait.\n\n4. Mai was the last day.\n\nSo it stayed.\n\n1. Mai came again.\n";
    let got = segmented(text, body, &[]);
    let items: Vec<_> = kinds(&got)
        .into_iter()
        .filter(|(kind, _)| *kind == BlockKind::ListItem)
        .map(|(_, text)| &text[..2])
        .collect();
    assert_eq!(items, ["1.", "2.", "3.", "4."]);
}

#[test]
fn a_quotation_and_the_name_below_it_are_one_quote() {
    let text = "The ferry sailed at dawn, as it always had.\n\n“We could not wait for a third boat.”\n\n— Ingrid Solheim, chair\n\n\
                – We left at dawn.\n";
    let got = segmented(text, body, &[]);
    assert_eq!(
        kinds(&got)[1..],
        [
            (
                BlockKind::Quote,
                "“We could not wait for a third boat.” — Ingrid Solheim, chair"
            ),
            (BlockKind::Paragraph, "– We left at dawn."),
        ]
    );
}

#[test]
fn rows_of_figures_are_one_table() {
    let text = "Catches fell again last year.\n\nCod | 1,204 | 3.2 % | -7\nHerring | 88 | 0.4 % | 12\n\nNobody wondered.\n";
    let got = segmented(text, body, &[]);
    let tables: Vec<_> = got
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Table)
        .collect();
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].parts.len(), 2);
}

#[test]
fn the_last_spoken_line_of_a_script_is_text() {
    let text = "앵커> 항만 소식입니다.\n\n기자> 배가 떴습니다.\n\n지금까지 사회부에서 전해드렸습니다.\n\n전체보기\n";
    let kind = |line: &str| {
        if line.contains('>') {
            LineKind::Body
        } else {
            LineKind::Navigation
        }
    };
    let got = segmented(text, kind, &[]);
    let last = (Some("기자"), "지금까지 사회부에서 전해드렸습니다.");
    assert_eq!(turns(&got).last(), Some(&last));
}

/// What the line model takes for body in a script: sentences, no labels.
fn spoken(line: &str) -> LineKind {
    if line.ends_with("니다.") {
        LineKind::Body
    } else {
        LineKind::Navigation
    }
}

#[test]
fn labels_that_look_like_a_menu_and_a_script_that_is_printed_twice() {
    let script = "[앵커]\n\n항만 노조가 오늘 새벽 파업을 끝냈다는 소식입니다.\n\n[리포트]\n\n배가 떴습니다.\n\n";
    let text = format!("{script}입력 오후 3시\n\n{script}");
    let got = segmented(&text, spoken, &[]);
    let first = (
        Some("앵커"),
        "항만 노조가 오늘 새벽 파업을 끝냈다는 소식입니다.",
    );
    assert_eq!(
        turns(&got)[..2],
        [first, (Some("리포트"), "배가 떴습니다.")]
    );
    assert_eq!(turns(&got).iter().filter(|turn| **turn == first).count(), 1);
}

#[test]
fn of_two_copies_of_a_script_the_one_with_labels_stays() {
    let lede = "항만 노조가 오늘 새벽 파업을 끝냈다는 소식입니다.";
    let report = "석 달 동안 멈춰 있던 배가 오늘 아침에 다시 떴습니다.";
    let text = format!(
        "{lede}\n\n{report}\n\n입력 오후 3시\n\n[앵커]\n\n{lede}\n\n[리포트]\n\n{report}\n"
    );
    let got = segmented(&text, spoken, &[]);
    assert_eq!(
        turns(&got),
        [(Some("앵커"), lede), (Some("리포트"), report)]
    );
}

#[test]
fn an_agency_s_name_alone_signs_the_caption_above_it() {
    let paragraph =
        "The ferry sailed at dawn, and nobody had waited for it on the quay, for it was cold.";
    let caption = "Passengers wait on the quay";
    let kind = |line: &str| {
        if line == "REUTERS" {
            LineKind::Unknown
        } else {
            LineKind::Body
        }
    };
    let inside = format!("{paragraph}\n\n{caption}\n\nREUTERS\n\n{paragraph}\n");
    let got = segmented(&inside, kind, &[]);
    assert_eq!(
        kinds(&got)[1..3],
        [
            (BlockKind::Caption, caption),
            (BlockKind::Caption, "REUTERS")
        ]
    );
    let below = format!("{paragraph}\n\n{paragraph}\n\nREUTERS\n");
    let got = segmented(&below, kind, &[]);
    assert_eq!(kinds(&got).len(), 2);
    assert_eq!(kinds(&got)[1].0, BlockKind::Paragraph);
}

/// The kind of the block that a short line between paragraphs becomes where the line model holds it for no sub-heading.
fn unlikely_heading(line: &str) -> Option<BlockKind> {
    let paragraph = "항만 노조는 10일 총회를 열고 석 달 동안 이어 온 파업을 끝내기로 했다고 밝혔다. 배는 다시 뜬다.";
    let text = format!("{paragraph}\n\n{paragraph}\n\n{line}\n\n{paragraph}\n\n{paragraph}\n");
    let document = Document {
        text,
        ..Document::default()
    };
    let units = layout::units(&document.text);
    let count = units.units.len();
    let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
    let mut labels = Labels::new(&units, vec![verdict; count]);
    labels.body_odds = vec![250; count];
    labels.crosshead_odds = vec![0; count];
    let roles = roles(&document, &units, &labels, Weights::shipped());
    labels.claim(&roles.claims);
    let got = segment(&document, &units, &labels, &roles.seams);
    got.blocks
        .iter()
        .find(|block| block.text == line)
        .map(|block| block.kind)
}

#[test]
fn a_mark_of_sections_says_more_than_the_odds() {
    assert_eq!(unlikely_heading("◆ 항만의 내일"), Some(BlockKind::Heading));
    assert_eq!(
        unlikely_heading("배는 다시 뜬다."),
        Some(BlockKind::Paragraph)
    );
}

#[test]
fn a_signed_line_beside_the_body_is_a_caption_whatever_the_model_saw() {
    let text = "The board voted for it on Monday, and the boats went out.\n\n\
                The Heron at her mooring. Photo: Jonas Reik / Alder Agency\n\n\
                Ferries leave at noon. Read more\n";
    let got = segmented(
        text,
        |line| {
            if line.starts_with("The board") {
                LineKind::Body
            } else {
                LineKind::Unknown
            }
        },
        &[],
    );
    let kinds: Vec<BlockKind> = got.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Caption]);
}
