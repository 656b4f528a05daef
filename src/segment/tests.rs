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
    labels.claim(&roles);
    segment(&document, &units, &labels)
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
    assert_eq!(got.related.len(), 2);
    assert_eq!(
        got.related[1].headline.as_deref(),
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
