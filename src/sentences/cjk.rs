//! Japanese and Chinese sentences: 。！？ outside brackets and quotations, with what closes after them.

use super::quotes;
use crate::record::Bytes;

/// The sentences of a Japanese or Chinese text, in bytes of it.
pub(super) fn spans(text: &str) -> Vec<Bytes> {
    let protected = quotes::ranges(text);
    if let [whole] = protected.as_slice()
        && whole.start == 0
        && whole.end == text.len()
        && text.starts_with(['「', '『', '“', '"'])
    {
        return super::inside_quotation(text, spans);
    }
    let mut protected = protected.into_iter().peekable();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        if let Some(range) = protected.next_if(|range| range.start == at) {
            at = range.end;
            before = ')';
            if closes_sentence(&text[range], &text[at..]) {
                push(text, &mut found, &mut start, at);
            }
            continue;
        }
        at += c.len_utf8();
        let spaced = text[at..].starts_with(char::is_whitespace);
        let ends = match c {
            '。' | '！' | '？' | '｡' => true,
            '!' | '?' => spaced || is_wide(before),
            '．' => is_wide(before),
            '.' => spaced && (is_wide(before) || before.is_ascii_lowercase()),
            '\n' => text[at..].starts_with('\n'),
            _ => false,
        };
        before = c;
        if ends {
            at += rest(&text[at..]);
            if !goes_on(&text[at..]) {
                push(text, &mut found, &mut start, at);
            }
        }
    }
    push(text, &mut found, &mut start, text.len());
    found
}

fn push(text: &str, found: &mut Vec<Bytes>, start: &mut usize, end: usize) {
    super::push_trimmed(text, found, *start, end);
    *start = end;
}

/// Bytes of the marks and references that belong to a sentence after its first mark.
fn rest(text: &str) -> usize {
    let mut len = 0;
    loop {
        let after = &text[len..];
        let marks = after.len()
            - after
                .trim_start_matches(|c: char| {
                    matches!(
                        c,
                        '。' | '！'
                            | '？'
                            | '!'
                            | '?'
                            | '…'
                            | '」'
                            | '』'
                            | '”'
                            | '’'
                            | '）'
                            | ')'
                    )
                })
                .len();
        let note = reference(&after[marks..]);
        len += marks + note;
        if marks + note == 0 {
            return len;
        }
    }
}

/// Bytes of a reference mark such as `[12]`.
fn reference(text: &str) -> usize {
    let Some(inside) = text.strip_prefix('[') else {
        return 0;
    };
    match inside.find(|c: char| !c.is_ascii_digit()) {
        Some(end) if end > 0 && inside[end..].starts_with(']') => end + 2,
        _ => 0,
    }
}

/// Whether what follows a mark carries its sentence on: `すごい！と言った`.
fn goes_on(after: &str) -> bool {
    after.starts_with(['、', '，', ',', '·', '・'])
        || after.starts_with("と言")
        || after.starts_with("と話")
}

/// Whether a quotation that holds the mark of its last sentence ends the sentence around it too.
fn closes_sentence(quotation: &str, after: &str) -> bool {
    let mut reversed = quotation.chars().rev();
    if !matches!(reversed.next(), Some('」' | '』' | '”' | '"')) {
        return false;
    }
    match reversed.next() {
        // The mark stands inside in Chinese; in Japanese a particle follows where the sentence goes on.
        Some('。' | '｡') => !after.starts_with([
            'と', 'っ', 'な', 'は', 'が', 'を', 'に', 'の', 'も', 'で', 'や', 'へ', '、', '，',
            '。', '的', '）', ')',
        ]),
        Some('！' | '？' | '!' | '?' | '…') => {
            after.starts_with(|c: char| c.is_whitespace() || matches!(c, '「' | '『' | '“'))
        }
        _ => false,
    }
}

/// Han, kana and full-width marks.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::spans;

    fn sentences(text: &str) -> Vec<&str> {
        spans(text)
            .into_iter()
            .map(|(start, end)| &text[start as usize..end as usize])
            .collect()
    }

    #[test]
    fn sentences_end_at_wide_marks_outside_quotations() {
        assert_eq!(
            sentences(
                "港で「終わった。帰ろう。」と話した。 市は（詳細は後日。）何も言わない！雨だ。"
            ),
            [
                "港で「終わった。帰ろう。」と話した。",
                "市は（詳細は後日。）何も言わない！",
                "雨だ。"
            ]
        );
        assert_eq!(
            sentences("2024年に完成した。2025年には開く。"),
            ["2024年に完成した。", "2025年には開く。"]
        );
    }

    #[test]
    fn a_chinese_quotation_that_holds_the_mark_ends_the_sentence() {
        assert_eq!(
            sentences("他说：“船开了。”码头很安静。[1]明天有雨。"),
            ["他说：“船开了。”", "码头很安静。[1]", "明天有雨。"]
        );
    }

    #[test]
    fn a_paragraph_that_is_one_quotation_is_as_many_sentences_as_were_said() {
        assert_eq!(
            sentences("「船が出た。雨だ。」"),
            ["「船が出た。", "雨だ。」"]
        );
    }
}
