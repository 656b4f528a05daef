//! HTML entities that were left in plain text.

/// The longest entity, `&CounterClockwiseContourIntegral;`, has 33 bytes; with room for numbers.
const LONGEST: usize = 34;

/// `text` with every entity decoded that ends in a semicolon, or `None` if it holds none. Without a semicolon nothing
/// is decoded: `?a=1&copy=2` is an address. What was escaped twice, as in `&amp;quot;`, is decoded twice.
pub(super) fn unescape(text: &str) -> Option<String> {
    let mut unescaped: Option<String> = None;
    let mut taken = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at < taken {
            continue;
        }
        let Some((character, length)) = entity(&text[at..]) else {
            continue;
        };
        let out = unescaped.get_or_insert_with(|| String::with_capacity(text.len()));
        out.push_str(&text[taken..at]);
        taken = at + length;
        if character == "&"
            && let Some((inner, length)) = escaped_twice(&text[taken..])
        {
            out.push_str(&inner);
            taken += length;
        } else {
            out.push_str(&character);
        }
    }
    let mut out = unescaped?;
    out.push_str(&text[taken..]);
    Some(out)
}

/// What the entity at the beginning of `text` stands for, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    let head = &text.as_bytes()[..text.len().min(LONGEST)];
    let end = memchr::memchr(b';', head)? + 1;
    let name = &text[1..end - 1];
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
        return None;
    }
    let decoded = htmlize::unescape(&text[..end]);
    // An unknown name may begin with one that is known without its semicolon, as in `&copyit;`.
    (!decoded.ends_with(';')).then(|| (decoded.into_owned(), end))
}

fn escaped_twice(behind: &str) -> Option<(String, usize)> {
    let head = behind.get(..behind.len().min(LONGEST)).unwrap_or(behind);
    let end = memchr::memchr(b';', head.as_bytes())? + 1;
    let (decoded, _) = entity(&format!("&{}", behind.get(..end)?))?;
    Some((decoded, end))
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn entities_become_what_they_stand_for() {
        let got =
            unescape("&quot;Fisch &amp; Br&uuml;cke&#8217;s&#x27; &lt;b&gt;&nbsp;&amp;quot;x");
        assert_eq!(got.as_deref(), Some("\"Fisch & Brücke’s' <b>\u{a0}\"x"));
    }

    #[test]
    fn ampersands_that_are_none_stay() {
        for text in [
            "R&D; AT&T",
            "?a=1&copy=2;",
            "&copyit;",
            "&;",
            "&한글;",
            "a & b; c",
            "&#xZZ;",
        ] {
            assert_eq!(unescape(text), None, "{text}");
        }
    }
}
