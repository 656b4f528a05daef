//! The build script: turns the larger lexicon files into tables that need no reading when a run starts, as bytes that
//! the library embeds. What a table holds stays in `data/*.tsv`; how it is laid out, in the module that reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code, unreachable_pub)]
mod hash;
#[allow(dead_code, unreachable_pub)]
#[path = "cues/hashing.rs"]
mod hashing;
#[allow(dead_code, unreachable_pub)]
#[path = "cues/kinds.rs"]
mod kinds;
#[allow(dead_code, unreachable_pub)]
mod oblivious;
#[allow(dead_code, unreachable_pub)]
mod rankers;
#[path = "cues/rows.rs"]
mod rows;
#[allow(dead_code, unreachable_pub)]
mod table;

use hash::{bucket, first_bit, key_hash, pair_hash, word_hash};
use kinds::Places;

/// The kinds of date labels by the number that the library knows them by.
const DATE_LABELS: [&str; 3] = ["published", "modified", "other"];

/// What relative dates count, by the number that the library knows it by.
const UNITS: [&str; 5] = ["minute", "hour", "day", "today", "yesterday"];

fn main() {
    let data = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo names the package"))
        .join("src/lexicon/data");
    println!("cargo::rerun-if-changed={}", data.display());
    let tables = Tables {
        data,
        out: PathBuf::from(env::var("OUT_DIR").expect("cargo names a folder for the result")),
    };
    tables.cues();
    tables.date_labels();
    tables.relative_dates();
    tables.function_words();
    tables.outlets();
    for (name, columns) in [
        ("agencies", 1),
        ("byline_cues", 3),
        ("front_matter", 2),
        ("job_titles", 2),
        ("months", 3),
        ("name_parts", 2),
        ("names", 2),
        ("not_names", 1),
        ("sections", 2),
    ] {
        let text = tables.read(name);
        tables.index(name, &text, columns);
    }
    tables.month_openers();
    tables.cue_ends();
    tables.plane("alphabetic", char::is_alphabetic);
    tables.plane("alphanumeric", char::is_alphanumeric);
    for field in [
        "author",
        "author-again",
        "date",
        "heading",
        "headline",
        "outlet",
        "seam",
        "stray",
    ] {
        let name = format!("{field}.ranker");
        let ranker = rankers::Ranker::read(&tables.read(&name))
            .unwrap_or_else(|message| panic!("{name}.tsv: {message}"));
        tables.write(&name, &ranker.pack());
    }
}

struct Tables {
    data: PathBuf,
    out: PathBuf,
}

impl Tables {
    /// What is true of each character of the basic plane, a bit each.
    fn plane(&self, name: &str, is: fn(char) -> bool) {
        let bit = |c: u32| u8::from(char::from_u32(c).is_some_and(is)) << (c & 7);
        let byte = |n: u32| (8 * n..8 * n + 8).map(bit).sum::<u8>();
        let bits: Vec<u8> = (0..1 << 13).map(byte).collect();
        self.write(format!("{name}.bits"), &bits);
    }

    fn read(&self, name: &str) -> String {
        let path = self.data.join(format!("{name}.tsv"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn write(&self, name: impl AsRef<Path>, bytes: &[u8]) {
        let path = self.out.join(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// The rows of a file with `N` columns.
    fn rows<'a, const N: usize>(&self, name: &str, text: &'a str) -> Vec<[&'a str; N]> {
        table::rows::<N>(text)
            .map(|row| match row {
                Ok((_, row)) => row,
                Err(message) => panic!("{name}.tsv: {message}"),
            })
            .collect()
    }

    /// For `Index`: where in `text` the rows of each key begin, a key being a row's first column.
    fn index(&self, name: &str, text: &str, columns: usize) {
        let keys: Vec<&str> = match columns {
            1 => self.rows::<1>(name, text).iter().map(|r| r[0]).collect(),
            2 => self.rows::<2>(name, text).iter().map(|r| r[0]).collect(),
            _ => self.rows::<3>(name, text).iter().map(|r| r[0]).collect(),
        };
        let mut slots = vec![0_u64; (keys.len() * 2).next_power_of_two()];
        let mut marks = vec![0_u64; keys.len().div_ceil(8).next_power_of_two()];
        let mut seen = BTreeSet::new();
        for (n, key) in keys.iter().enumerate() {
            if !seen.insert(*key) {
                assert!(keys[n - 1] == *key, "{name}: rows of {key} lie apart");
                continue;
            }
            let offset = key.as_ptr() as usize - text.as_ptr() as usize;
            let hash = key_hash(key.as_bytes());
            let mut at = hash::home(hash, slots.len());
            while slots[at] != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = hash >> 32 << 32 | offset as u64;
            let (word, bit) = hash::mark(hash, marks.len());
            marks[word] |= bit;
        }
        self.write(format!("{name}.slots"), &le64(&slots));
        self.write(format!("{name}.marks"), &le64(&marks));
    }

    /// For `Pairs`: phrases by the hash of their first two characters, each with a number.
    fn pairs(&self, name: &str, phrases: &[(&str, u16)]) {
        let mut bits = vec![0_u64; 1 << (hash::FIRSTS_BITS - 6)];
        let mut sorted: Vec<(u32, &str, u16)> = Vec::new();
        for (text, value) in phrases {
            let mut chars = text.chars();
            let Some(first) = chars.next() else {
                continue;
            };
            let hash = pair_hash(first, chars.next().unwrap_or(hash::NOTHING));
            let (at, bit) = first_bit(u64::from(hash) << 32);
            bits[at] |= bit;
            sorted.push((hash, text, *value));
        }
        sorted.sort_by_key(|(hash, ..)| *hash);
        let buckets: Vec<u8> = (0..=1 << hash::BUCKET_BITS)
            .flat_map(|wanted| {
                let begin = sorted.partition_point(|(hash, ..)| bucket(*hash) < wanted);
                (begin as u32).to_le_bytes()
            })
            .collect();
        let (mut entries, mut text) = (Vec::new(), String::new());
        for (hash, phrase, value) in sorted {
            entries.extend(hash.to_le_bytes());
            entries.extend((text.len() as u32).to_le_bytes());
            let (length, last) = (u8::try_from(phrase.len()), phrase.bytes().next_back());
            let (Ok(length), Some(last)) = (length, last) else {
                panic!("{name}.tsv: {phrase} is empty or too long");
            };
            entries.extend([length, last.to_ascii_lowercase()]);
            entries.extend(value.to_le_bytes());
            text.push_str(phrase);
        }
        self.write(format!("{name}.bits"), &le64(&bits));
        self.write(format!("{name}.buckets"), &buckets);
        self.write(format!("{name}.entries"), &entries);
        self.write(format!("{name}.text"), text.as_bytes());
    }

    fn cues(&self) {
        let text = self.read("cues");
        let mut places = vec![Places::default(), Places::GOES_ON];
        let (mut words, mut substrings) = (Vec::new(), Vec::new());
        for [phrase, cue, place, _] in self.rows::<4>("cues", &text) {
            let Some(wanted) = Places::parse(cue, place) else {
                panic!("cues.tsv: {phrase}: no category or place such as `{cue}` `{place}`");
            };
            if phrase.chars().any(hashing::is_substring) {
                let lone = u16::from(is_lone(phrase)) * hashing::LONE;
                substrings.push((phrase, number(&mut places, wanted) | lone));
            } else {
                words.push((phrase, wanted));
            }
        }
        let mut phrases: BTreeMap<u64, Places> = BTreeMap::new();
        let mut firsts = vec![0_u64; 1 << (hash::FIRSTS_BITS - 6)];
        for (phrase, wanted) in &words {
            let mut hash = 0;
            let mut words = rows::words_of(phrase).peekable();
            while let Some(word) = words.next() {
                if hash == 0 {
                    let (at, bit) = first_bit(hashing::combine(0, word_hash(word)));
                    firsts[at] |= bit;
                }
                hash = hashing::combine(hash, word_hash(word));
                let last = words.peek().is_none();
                phrases.entry(hash).or_default().merge(if last {
                    *wanted
                } else {
                    Places::GOES_ON
                });
            }
        }
        // A phrase adds hardly two beginnings that no other one has; a test watches that slots stay free.
        let mut slots = vec![0_u64; (words.len() * 4).next_power_of_two()];
        for (hash, wanted) in phrases {
            let mut at = hashing::home(hash, slots.len());
            while slots[at] != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = slot(hash, number(&mut places, wanted));
        }
        self.pairs("cues", &substrings);
        self.write("cues.slots", &le64(&slots));
        self.write("cues.firsts", &le64(&firsts));
        let places: Vec<u8> = places.iter().flat_map(|places| places.to_bytes()).collect();
        self.write("cues.places", &places);
    }

    fn date_labels(&self) {
        let text = self.read("date_labels");
        let labels: Vec<(&str, u16)> = self
            .rows::<3>("date_labels", &text)
            .into_iter()
            .map(|[phrase, kind, _]| {
                let number = DATE_LABELS.iter().position(|known| *known == kind);
                let Some(number) = number else {
                    panic!("date_labels.tsv: {phrase}: no kind such as `{kind}`");
                };
                (phrase, number as u16)
            })
            .collect();
        self.pairs("date_labels", &labels);
    }

    /// What stands behind the numbers of phrases, with the number that `TAILS` of the library explains, and their heads.
    fn relative_dates(&self) {
        let text = self.read("relative_dates");
        let mut heads: Vec<&str> = Vec::new();
        let mut tails = Vec::new();
        for [phrase, unit] in self.rows::<2>("relative_dates", &text) {
            let unit = UNITS.iter().position(|known| *known == unit);
            let Some(unit) = unit else {
                panic!("relative_dates.tsv: {phrase}: no such unit");
            };
            let Some((head, tail)) = phrase.split_once('0') else {
                tails.push((phrase, unit as u16));
                continue;
            };
            assert!(!tail.is_empty(), "relative_dates.tsv: {phrase}: no unit");
            let known = heads.iter().position(|known| *known == head);
            let number = known.unwrap_or_else(|| {
                heads.push(head);
                heads.len() - 1
            });
            tails.push((tail, (number << 4 | 8 | unit) as u16));
        }
        self.pairs("relative_dates", &tails);
        let heads: String = heads.iter().map(|head| format!("{head}\n")).collect();
        self.write("relative_dates.heads", heads.as_bytes());
    }

    /// For `FunctionWords`: the codes of languages, and the hash of each word with the bits of its languages.
    fn function_words(&self) {
        let text = self.read("function_words");
        let rows = self.rows::<2>("function_words", &text);
        assert!(rows.len() <= 64, "function_words.tsv: too many languages");
        let codes: String = rows.iter().map(|[code, _]| format!("{code}\n")).collect();
        self.write("function_words.codes", codes.as_bytes());
        let mut words: BTreeMap<u64, u64> = BTreeMap::new();
        for (language, [_, row]) in rows.iter().enumerate() {
            for word in row.split(' ') {
                *words.entry(word_hash(word)).or_default() |= 1 << language;
            }
        }
        let mut slots = vec![[0_u64; 2]; (words.len() * 2).next_power_of_two()];
        let mut marks = vec![0_u64; slots.len() / 8];
        for (hash, languages) in words {
            let (word, bit) = hash::mark(hash, marks.len());
            marks[word] |= bit;
            let mut at = hash::word_home(hash, slots.len());
            while slots[at][0] != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = [hash, languages];
        }
        self.write("function_words.slots", &le64(slots.as_flattened()));
        self.write("function_words.marks", &le64(&marks));
    }

    /// How bylines' cues end: their last three characters, and all of each from behind a mark or a space on.
    fn cue_ends(&self) {
        let text = self.read("byline_cues");
        let cues: Vec<&str> = self
            .rows::<3>("byline_cues", &text)
            .iter()
            .map(|[cue, ..]| *cue)
            .collect();
        let three = |cue: &&'_ str| Some(cue.char_indices().rev().nth(2)?.0);
        let ends = cues.iter().filter_map(|cue| Some(&cue[three(cue)?..]));
        self.derive("byline_cue_ends", ends.collect());
        let words = cues.iter().flat_map(|cue| {
            let marks = cue.match_indices(|c: char| !c.is_alphanumeric());
            let behind = marks.map(|(at, mark)| &cue[at + mark.len()..]);
            behind.chain([*cue]).filter(|word| !word.is_empty())
        });
        self.derive("byline_cue_words", words.collect());
    }

    /// The first words of the names of months that have several.
    fn month_openers(&self) {
        let text = self.read("months");
        let openers: BTreeSet<&str> = self
            .rows::<3>("months", &text)
            .iter()
            .filter_map(|[name, ..]| Some(name.split_once(' ')?.0))
            .collect();
        self.derive("month_openers", openers);
    }

    /// A file of these words and its index.
    fn derive(&self, name: &str, words: BTreeSet<&str>) {
        let words = Vec::from_iter(words).join("\n");
        let derived = format!("word\n{words}\n");
        self.write(format!("{name}.tsv"), derived.as_bytes());
        self.index(name, &derived, 1);
    }

    /// Beside the outlets: by each of their names and by each of their domains where their row begins, and the zones of
    /// the countries that have one only.
    fn outlets(&self) {
        let text = self.read("outlets");
        let (mut names, mut domains) = (BTreeMap::new(), BTreeMap::new());
        let mut zones: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for [name, others, hosts, country, zone, _] in self.rows::<6>("outlets", &text) {
            let offset = name.as_ptr() as usize - text.as_ptr() as usize;
            for name in std::iter::once(name).chain(others.split('|').filter(|n| !n.is_empty())) {
                names.entry(hash::outlet_key(name)).or_insert(offset);
            }
            for host in hosts.split(' ').filter(|host| !host.is_empty()) {
                domains.entry(host.to_owned()).or_insert(offset);
            }
            zones.entry(country).or_default().insert(zone);
        }
        for (file, map) in [("outlet_names", names), ("outlet_domains", domains)] {
            let mut derived = String::from("key\toffset\n");
            for (key, offset) in map {
                derived.push_str(&format!("{key}\t{offset}\n"));
            }
            self.write(format!("{file}.tsv"), derived.as_bytes());
            self.index(file, &derived, 2);
        }
        let mut derived = String::from("country\tzone\n");
        for (country, zones) in zones {
            if let [zone] = Vec::from_iter(zones)[..] {
                derived.push_str(&format!("{country}\t{zone}\n"));
            }
        }
        self.write("country_zones.tsv", derived.as_bytes());
        self.index("country_zones", &derived, 2);
    }
}

fn number(places: &mut Vec<Places>, wanted: Places) -> u16 {
    let known = places.iter().position(|other| *other == wanted);
    let number = known.unwrap_or_else(|| {
        places.push(wanted);
        places.len() - 1
    });
    assert!(
        number < usize::from(hashing::LONE),
        "too many combinations of places"
    );
    number as u16
}

fn le64(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

impl Places {
    /// A beginning that is no phrase itself.
    const GOES_ON: Self = Self {
        anywhere: kinds::CONTINUES,
        start: 0,
        whole: 0,
    };

    fn merge(&mut self, other: Self) {
        self.anywhere |= other.anywhere;
        self.start |= other.start;
        self.whole |= other.whole;
    }

    /// The bytes that `Places::from_bytes` reads.
    fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.anywhere.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.start.to_le_bytes());
        bytes[8..].copy_from_slice(&self.whole.to_le_bytes());
        bytes
    }
}

/// A slot of the table of phrases.
const fn slot(hash: u64, places: u16) -> u64 {
    hashing::tag(hash) as u64 | (places as u64) << 32
}

/// Whether a phrase is so short that it has to be a word by itself.
fn is_lone(phrase: &str) -> bool {
    phrase.chars().count() <= 2 && phrase.chars().all(hashing::is_hangul)
}
