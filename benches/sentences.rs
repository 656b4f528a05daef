//! Sentence splitting against `sentencex`, and word counting against `unicode-segmentation`, on invented text in the
//! manner of news paragraphs. `cargo bench --bench sentences`

use divan::Bencher;
use divan::counter::BytesCount;
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    divan::main();
}

const ENGLISH: [&str; 5] = [
    "The harbour reopened on Monday after the longest strike in its history. Ferries sailed again before dawn, and \
     the first lorries rolled off at seven.",
    "\u{201c}We asked for one thing only,\u{201d} said Jane Doe, who leads the union, as members folded their tents \
     beside the gate. She would not say what the company had offered.",
    "Traffic through the port fell by 41.7 percent in March, according to figures from the harbour board. Shops in \
     the old town lost about $3.2 million in sales, and two of them closed for good.",
    "\"It's over. We can all go home,\" a docker told reporters. Dr. Smith of the University of Newhaven warned that \
     wages in the U.S. and in Europe would not catch up before next year.",
    "The mayor, who had stayed away from the talks until the last evening, is expected to speak on Wednesday",
];

const KOREAN: [&str; 3] = [
    "한빛시가 10일 새 항만 터미널을 열었다. 터미널은 총면적 4만 5000㎡로 기존 시설의 1.8배 규모다. 시는 공사에 모두 \
     1천250억 원을 들였다고 밝혔다.",
    "김하늘 시장은 \"이번 개장으로 연간 30만 명이 더 찾을 것\"이라며 \"지역 상인들과 약속을 지키겠다\"고 말했다. 그는 \
     이어 \"숙박 시설도 내년까지 두 배로 늘릴 계획\"이라고 덧붙였다.",
    "네, 저는 지금 한빛항에 나와 있습니다. 오늘 아침 7시부터 여객선 운항이 다시 시작됐습니다. 승객들은 이른 시간부터 줄을 \
     섰는데요.",
];

fn total(paragraphs: &[&str]) -> BytesCount {
    BytesCount::new(paragraphs.iter().map(|text| text.len()).sum::<usize>())
}

#[divan::bench]
fn english_copydesk(bencher: Bencher<'_, '_>) {
    bencher
        .counter(total(&ENGLISH))
        .bench(|| ENGLISH.map(|text| copydesk::sentences::spans(text, "en").len()));
}

#[divan::bench]
fn english_sentencex(bencher: Bencher<'_, '_>) {
    bencher
        .counter(total(&ENGLISH))
        .bench(|| ENGLISH.map(|text| sentencex::segment("en", text).len()));
}

#[divan::bench]
fn korean_copydesk(bencher: Bencher<'_, '_>) {
    bencher
        .counter(total(&KOREAN))
        .bench(|| KOREAN.map(|text| copydesk::sentences::spans(text, "ko").len()));
}

#[divan::bench]
fn words_copydesk(bencher: Bencher<'_, '_>) {
    bencher
        .counter(total(&ENGLISH))
        .bench(|| ENGLISH.map(copydesk::segment::words::count));
}

#[divan::bench]
fn words_unicode_segmentation(bencher: Bencher<'_, '_>) {
    bencher
        .counter(total(&ENGLISH))
        .bench(|| ENGLISH.map(|text| text.unicode_words().count()));
}
