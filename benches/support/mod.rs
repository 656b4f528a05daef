//! Invented pages in the proportions of scraped ones, the same for the same number: what the benchmarks read.
//!
//! Measured on 663 pages: 11 kB and 260 lines in the mean, a quarter of them blank; of the others half are shorter than
//! 20 bytes, and the one in sixteen that is longer than 200 holds almost half of the bytes. Words are made of
//! syllables, so that lexicons and hash tables meet a vocabulary of the size of a real one.

#![allow(dead_code, reason = "each benchmark uses its own part")]

#[path = "../../tests/support/dice.rs"]
mod dice;

use std::fmt::Write;

use dice::Dice;

/// What pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    English,
    Korean,
    /// One page in English, the next in Korean.
    Mixed,
}

/// How long pages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// Two paragraphs among a few lines: 1 to 2 kB.
    Small,
    /// As scraped pages are: 4 to 20 kB.
    Usual,
    /// A long read among many teasers: some 100 kB.
    Long,
}

const ENGLISH_SMALL: [&str; 48] = [
    "the", "of", "and", "to", "a", "in", "that", "is", "was", "for", "on", "with", "as", "it",
    "by", "at", "from", "be", "have", "has", "had", "not", "are", "but", "they", "which", "an",
    "or", "were", "his", "her", "their", "been", "who", "will", "would", "after", "when", "more",
    "one", "said", "than", "its", "about", "up", "could", "over", "into",
];

const ENGLISH_SYLLABLES: [&str; 40] = [
    "har", "bour", "mi", "ner", "ta", "len", "cor", "dis", "pel", "gra", "ven", "sto", "ri",
    "ment", "fer", "al", "con", "per", "lo", "na", "ter", "sig", "pro", "vi", "den", "mar", "ble",
    "sub", "tri", "cal", "ope", "fin", "ger", "hel", "ist", "or", "que", "ram", "ses", "un",
];

const KOREAN_SYLLABLES: [&str; 48] = [
    "가", "나", "다", "라", "마", "바", "사", "아", "자", "정", "경", "제", "사", "회", "문", "화",
    "시", "장", "주", "민", "항", "구", "도", "로", "공", "사", "업", "계", "획", "정", "부", "의",
    "원", "지", "역", "산", "강", "한", "서", "남", "북", "동", "대", "학", "교", "수", "기", "관",
];

const KOREAN_PARTICLES: [&str; 16] = [
    "은", "는", "이", "가", "을", "를", "에", "에서", "의", "으로", "와", "과", "도", "까지",
    "에게", "",
];

const KOREAN_ENDINGS: [&str; 8] = [
    "했다",
    "밝혔다",
    "말했다",
    "있다",
    "됐다",
    "전했다",
    "것으로 보인다",
    "설명했다",
];

const MENU: [&str; 24] = [
    "Home",
    "News",
    "Sport",
    "Business",
    "Culture",
    "Opinion",
    "Weather",
    "Subscribe",
    "Log in",
    "Search",
    "Contact us",
    "About us",
    "Newsletter",
    "Podcasts",
    "Video",
    "Jobs",
    "Archive",
    "Share",
    "Print",
    "Comments",
    "Most read",
    "Terms",
    "Privacy policy",
    "Cookies",
];

const KOREAN_MENU: [&str; 16] = [
    "홈",
    "정치",
    "경제",
    "사회",
    "문화",
    "스포츠",
    "연예",
    "로그인",
    "회원가입",
    "구독신청",
    "검색",
    "공유하기",
    "인쇄",
    "댓글",
    "많이 본 뉴스",
    "개인정보처리방침",
];

/// Every page begins from its own number.
impl Dice {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    /// Small numbers far oftener than large ones, as the ranks of words are.
    fn rank(&mut self, sides: usize) -> usize {
        let (a, b) = (self.roll(sides), self.roll(sides));
        let c = self.roll(sides);
        a.min(b).min(c)
    }
}

/// Page number `n`.
pub(crate) fn page(n: u64, script: Script, length: Length) -> String {
    let korean = match script {
        Script::English => false,
        Script::Korean => true,
        Script::Mixed => n % 2 == 1,
    };
    let mut page = Page {
        dice: Dice(n.wrapping_mul(0x2545_f491_4f6c_dd1d)),
        out: String::new(),
        korean,
    };
    page.write(n, length);
    page.out
}

/// As many pages as it takes to fill `bytes`.
pub(crate) fn pages(bytes: usize, script: Script, length: Length) -> Vec<String> {
    let mut total = 0;
    let mut pages = Vec::new();
    while total < bytes {
        let next = page(pages.len() as u64, script, length);
        total += next.len();
        pages.push(next);
    }
    pages
}

struct Page {
    dice: Dice,
    out: String,
    korean: bool,
}

impl Page {
    fn write(&mut self, n: u64, length: Length) {
        let (menu, paragraphs, teasers) = match length {
            Length::Small => (6, 2, 2),
            Length::Usual => (
                20 + self.dice.roll(60),
                5 + self.dice.roll(14),
                12 + self.dice.roll(30),
            ),
            Length::Long => (120, 140, 200),
        };
        self.line(if self.korean {
            "나루일보"
        } else {
            "The Bay Courier"
        });
        self.menu(menu);
        self.out.push('\n');
        self.words(6, 5);
        self.out.push_str("\n\n");
        let (day, hour) = (1 + n % 28, n % 24);
        if self.korean {
            let _ = writeln!(self.out, "나루일보 문도겸 기자 mun{}@naru.example", n % 90);
            let _ = writeln!(self.out, "입력 2024-03-{day:02} {hour:02}:{:02}\n", n % 60);
        } else {
            let _ = writeln!(
                self.out,
                "By Marta Ellwood{}",
                if n.is_multiple_of(3) {
                    " and Olav Berg"
                } else {
                    ""
                }
            );
            let _ = writeln!(
                self.out,
                "Published {day} March 2024, {hour:02}:{:02}\n",
                n % 60
            );
        }
        for paragraph in 0..paragraphs {
            match self.dice.roll(9) {
                0 => self.line(if self.korean {
                    "[사진] 나루일보 자료"
                } else {
                    "Photograph: Ada Quill/The Bay Courier"
                }),
                1 => self.line(if self.korean {
                    "광고"
                } else {
                    "Advertisement"
                }),
                2 if paragraph > 2 => {
                    self.words(4, 3);
                    self.out.push('\n');
                }
                _ => {}
            }
            self.paragraph();
            self.out.push_str("\n\n");
        }
        self.line(if self.korean {
            "관련기사"
        } else {
            "Related stories"
        });
        for _ in 0..teasers {
            self.words(5, 9);
            self.out.push('\n');
            if self.dice.roll(3) == 0 {
                let _ = writeln!(self.out, "2024.03.{:02}\n", 1 + self.dice.roll(28));
            }
        }
        self.menu(menu + menu / 2);
        self.line(if self.korean {
            "ⓒ 나루일보, 무단 전재 및 재배포 금지"
        } else {
            "© 2024 The Bay Courier"
        });
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn menu(&mut self, lines: usize) {
        for _ in 0..lines {
            let entry = if self.korean {
                self.dice.pick(&KOREAN_MENU)
            } else {
                self.dice.pick(&MENU)
            };
            self.out.push_str(entry);
            match self.dice.roll(6) {
                0 => self.out.push_str("\n\n"),
                1 => {
                    let _ = writeln!(self.out, " ({})", self.dice.roll(400));
                }
                2 => {
                    self.out.push(' ');
                    self.words(1, 2);
                    self.out.push('\n');
                }
                _ => self.out.push('\n'),
            }
        }
    }

    /// `least` words and up to `more` others.
    fn words(&mut self, least: usize, more: usize) {
        for i in 0..least + self.dice.roll(more) {
            if i > 0 {
                self.out.push(' ');
            }
            self.word(i == 0);
        }
    }

    fn word(&mut self, capital: bool) {
        if self.korean {
            let rank = self.dice.rank(20_000);
            for at in [rank % 47, rank / 47 % 43] {
                self.out.push_str(KOREAN_SYLLABLES[at]);
            }
            if rank.is_multiple_of(3) {
                self.out.push_str(KOREAN_SYLLABLES[rank % 41]);
            }
            let particle = self.dice.pick(&KOREAN_PARTICLES);
            return self.out.push_str(particle);
        }
        let start = self.out.len();
        if self.dice.roll(20) < 9 {
            let word = self.dice.pick(&ENGLISH_SMALL);
            self.out.push_str(word);
        } else {
            let rank = self.dice.rank(40_000);
            for at in [rank % 40, rank / 40 % 37] {
                self.out.push_str(ENGLISH_SYLLABLES[at]);
            }
            if rank.is_multiple_of(2) {
                self.out.push_str(ENGLISH_SYLLABLES[rank / 1480 % 31]);
            }
        }
        if capital || self.dice.roll(14) == 0 {
            self.out[start..=start].make_ascii_uppercase();
        }
    }

    fn paragraph(&mut self) {
        for sentence in 0..2 + self.dice.roll(3) {
            if sentence > 0 {
                self.out.push(' ');
            }
            let quoted = self.dice.roll(5) == 0;
            if quoted {
                self.out.push('"');
            }
            self.words(8, 14);
            if self.dice.roll(6) == 0 {
                let _ = write!(self.out, ", {}", self.dice.roll(3000));
                self.out.push(' ');
                self.words(3, 5);
            }
            if self.korean {
                self.out.push(' ');
                let ending = self.dice.pick(&KOREAN_ENDINGS);
                self.out.push_str(ending);
            }
            self.out.push_str(if quoted { ".\"" } else { "." });
        }
    }
}
