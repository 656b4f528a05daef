//! What an input is, by its first bytes, and who reads it; compression and archives lead back here.

use super::scope::{Halt, Scope};
use super::stream::Stream;
use super::{Format, archive, compression, html, json, sniff, table, text, warc};

/// Everything in `stream`, whatever it is.
pub(super) fn read(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
    let head = stream.peek(sniff::WINDOW);
    if let Some(found) = compression::sniff(head) {
        return scope.layer(|scope| read_compressed(found, stream, scope));
    }
    if archive::is_zip(head) {
        return scope.layer(|scope| archive::read_zip(stream, scope));
    }
    if archive::is_tar(head) {
        return scope.layer(|scope| archive::read_tar(stream, scope));
    }
    match scope.options.from.or_else(|| format(head, scope)) {
        Some(Format::Json) => json::read(stream, scope),
        Some(Format::Csv) => {
            let semicolons = table::sniff(head, None, scope.options.text_field.as_deref());
            table::read(stream, scope, semicolons.unwrap_or(b','))
        }
        Some(Format::Tsv) => table::read(stream, scope, b'\t'),
        Some(Format::Warc) => warc::read(stream, scope),
        Some(Format::Html) => text::read(stream, scope, true),
        Some(Format::Text | Format::Markdown) => text::read(stream, scope, false),
        None => {
            let text_field = scope.options.text_field.as_deref();
            match table::sniff(head, table_by_name(scope.name()), text_field) {
                Some(delimiter) => table::read(stream, scope, delimiter),
                None => text::read(stream, scope, false),
            }
        }
    }
}

/// The format that the first bytes settle; tables and plain text are left.
fn format(head: &[u8], scope: &Scope<'_>) -> Option<Format> {
    if warc::is_warc(head) {
        Some(Format::Warc)
    } else if json::is_json(head) {
        Some(Format::Json)
    } else if html::is_html(head) || (has_extension(scope.name(), &["html", "htm", "xhtml"])) {
        Some(Format::Html)
    } else {
        None
    }
}

fn table_by_name(name: &str) -> Option<u8> {
    if has_extension(name, &["tsv", "tab"]) {
        Some(b'\t')
    } else if has_extension(name, &["csv"]) {
        Some(b',')
    } else {
        None
    }
}

/// Whether `name` ends in one of `extensions`, with one of compression behind it perhaps.
pub(super) fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let mut parts = name.rsplit('.');
    let is = |part: Option<&str>, known: &[&str]| {
        part.is_some_and(|part| known.iter().any(|k| part.eq_ignore_ascii_case(k)))
    };
    let last = parts.next();
    is(last, extensions)
        || (is(last, &["gz", "zst", "bz2", "xz", "lz4"]) && is(parts.next(), extensions))
}

fn read_compressed(
    found: compression::Compression,
    stream: &mut Stream<'_>,
    scope: &mut Scope<'_>,
) -> Result<(), Halt> {
    scope.unpacked.stored_at(stream.watch());
    let decoder = match found.decoder(stream) {
        Ok(decoder) => decoder,
        Err(error) => {
            let message = format!("{}: {error}", found.name());
            scope.error(Some(0), "damaged", message)?;
            return Err(Halt::Damaged);
        }
    };
    let mut inner = Stream::over(scope.unpacked.bounded(decoder, scope.options.limits.ratio));
    read(&mut inner, scope)?;
    let over = inner.peek(1).is_empty() && inner.failure().is_none();
    drop(inner);
    if over && !stream.peek(1).is_empty() {
        let message = format!(
            "bytes behind the end of the {} data are not read",
            found.name()
        );
        scope.error(Some(stream.offset()), "damaged", message)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::has_extension;

    #[test]
    fn extensions_are_seen_through_compression() {
        assert!(has_extension("a/b.CSV", &["csv"]));
        assert!(has_extension("b.csv.gz", &["csv"]));
        assert!(!has_extension("csv", &["html"]));
        assert!(!has_extension("b.csv.txt", &["csv"]));
    }
}
