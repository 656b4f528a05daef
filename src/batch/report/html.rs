//! The report as a page: self-contained, without scripts, readable without network, in light and dark.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Lowest, Outlet, Survey};
use crate::label::LineKind;
use crate::output::explain::Row;
use crate::output::sanitize;

const STYLE: &str = include_str!("report.css");

/// Outlets with a line of their own; the smaller ones are added up.
const OUTLETS: usize = 30;

/// Reasons with a colour of their own in an outlet's bar.
const REASONS: usize = 7;

/// Most columns of the chart over time; more days are added up to months, more months to years.
const COLUMNS: usize = 92;

/// Characters of a line that the page shows.
const LINE: usize = 400;

/// The page.
#[must_use]
pub fn page(survey: &Survey) -> String {
    let mut html = String::with_capacity(1 << 16);
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>copydesk report</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>copydesk report</h1>\n<p class=\"made\">{}</p>\n",
        escaped(&survey.made)
    );
    tiles(&mut html, survey);
    over_time(&mut html, survey);
    failures(&mut html, survey);
    outlets(&mut html, survey);
    confidence(&mut html, survey);
    lowest(&mut html, &survey.lowest);
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn tiles(html: &mut String, survey: &Survey) {
    let accounts = &survey.accounts;
    html.push_str("<section class=\"tiles\">\n");
    for (number, name) in [
        (accounts.inputs(), "inputs"),
        (accounts.whole, "whole"),
        (accounts.partial, "partial"),
        (accounts.failed, "failed"),
        (accounts.records, "records"),
        (accounts.skipped, "skipped"),
        (accounts.errors, "errors"),
        (survey.gone, "inputs gone"),
    ] {
        let bad = matches!(name, "partial" | "failed" | "errors") && number > 0;
        let class = if bad { " class=\"bad\"" } else { "" };
        let _ = writeln!(html, "<div{class}><b>{number}</b><span>{name}</span></div>");
    }
    html.push_str("</section>\n");
}

/// A column chart; each column has its label and number as a tooltip.
fn columns(html: &mut String, columns: &[(String, u64)], what: &str) {
    let most = columns.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let width = 960.0 / columns.len().max(1) as f64;
    let _ = writeln!(
        html,
        "<svg viewBox=\"0 0 960 180\" role=\"img\" aria-label=\"{}\">",
        escaped(what)
    );
    for (i, (label, number)) in columns.iter().enumerate() {
        let height = 145.0 * *number as f64 / most as f64;
        let _ = writeln!(
            html,
            "<rect class=\"column\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\"><title>{}: {number}</title></rect>",
            width * i as f64,
            160.0 - height,
            (width - 1.0).max(0.5),
            escaped(label),
        );
    }
    for (i, anchor) in [(0, "start"), (columns.len().saturating_sub(1), "end")] {
        if let Some((label, _)) = columns.get(i) {
            let x = if anchor == "start" { 0 } else { 960 };
            let label = escaped(label);
            let _ = writeln!(
                html,
                "<text x=\"{x}\" y=\"176\" text-anchor=\"{anchor}\">{label}</text>"
            );
        }
    }
    let _ = writeln!(html, "<text x=\"0\" y=\"10\">{most}</text>\n</svg>");
}

fn over_time(html: &mut String, survey: &Survey) {
    html.push_str("<section>\n<h2>Records by date of publication</h2>\n");
    let undated = survey.records_by_day.get("").copied().unwrap_or(0);
    let dated: Vec<(&str, u64)> = survey
        .records_by_day
        .iter()
        .filter(|(day, _)| !day.is_empty())
        .map(|(day, number)| (day.as_str(), *number))
        .collect();
    if !dated.is_empty() {
        // Days, else months, else years: as many characters of the date.
        let by = [10, 7, 4].map(|length| {
            let mut sums = BTreeMap::new();
            for (day, number) in &dated {
                *sums.entry(day.get(..length).unwrap_or(day)).or_default() += *number;
            }
            sums
        });
        let fits = by
            .iter()
            .find(|sums: &&BTreeMap<&str, u64>| sums.len() <= COLUMNS);
        let sums = fits.unwrap_or(&by[2]);
        let bars: Vec<_> = sums
            .iter()
            .map(|(day, n)| ((*day).to_owned(), *n))
            .collect();
        columns(html, &bars, "records by date of publication");
    }
    let _ = writeln!(html, "<p>{undated} without a date.</p>\n</section>");
}

fn failures(html: &mut String, survey: &Survey) {
    html.push_str("<section>\n<h2>Failures by cause</h2>\n");
    if survey.failures_by_cause.is_empty() {
        html.push_str("<p>None.</p>\n</section>\n");
        return;
    }
    let mut causes: Vec<_> = survey.failures_by_cause.iter().collect();
    causes.sort_by_key(|(cause, number)| (std::cmp::Reverse(**number), *cause));
    let most = causes.first().map_or(1, |(_, number)| **number);
    html.push_str("<table>\n");
    for (cause, number) in causes {
        let _ = writeln!(
            html,
            "<tr><td>{}</td><td class=\"number\">{number}</td><td class=\"wide\">\
             <i class=\"bar bad\" style=\"width:{:.1}%\"></i></td></tr>",
            escaped(cause),
            100.0 * *number as f64 / most as f64,
        );
    }
    html.push_str("</table>\n<details>\n<summary>Failed inputs</summary>\n<ul>\n");
    for failed in &survey.failures {
        let _ = writeln!(html, "<li>{}</li>", escaped(&failed.failure.message));
    }
    html.push_str("</ul>\n</details>\n</section>\n");
}

fn outlets(html: &mut String, survey: &Survey) {
    html.push_str("<section>\n<h2>Share removed by outlet and reason</h2>\n");
    let mut outlets: Vec<(&str, &Outlet)> = survey
        .outlets
        .iter()
        .map(|(name, outlet)| (name.as_str(), outlet))
        .collect();
    outlets.sort_by_key(|(name, outlet)| (std::cmp::Reverse(outlet.records), *name));
    let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, outlet) in &outlets {
        for (reason, bytes) in &outlet.by_reason {
            *totals.entry(reason).or_default() += bytes;
        }
    }
    let mut reasons: Vec<_> = totals.into_iter().collect();
    reasons.sort_by_key(|(reason, bytes)| (std::cmp::Reverse(*bytes), *reason));
    let named: Vec<&str> = reasons
        .iter()
        .take(REASONS)
        .map(|(reason, _)| *reason)
        .collect();
    html.push_str("<p class=\"legend\">");
    for (i, reason) in named.iter().enumerate() {
        let _ = write!(html, "<i class=\"bar r{i}\"></i>{} ", escaped(reason));
    }
    if reasons.len() > REASONS {
        let _ = write!(html, "<i class=\"bar r{REASONS}\"></i>other ");
    }
    html.push_str(
        "</p>\n<table>\n<tr><th>outlet</th><th>records</th><th>removed</th><th></th></tr>\n",
    );
    for (name, outlet) in outlets.iter().take(OUTLETS) {
        let name = if name.is_empty() { "unknown" } else { name };
        let _ = write!(
            html,
            "<tr><td><bdi>{}</bdi></td><td class=\"number\">{}</td><td class=\"number\">{:.0}%</td><td class=\"wide\">",
            escaped(name),
            outlet.records,
            100.0 * outlet.share(),
        );
        let all = (outlet.removed + outlet.body).max(1) as f64;
        let mut other = outlet.removed;
        for (i, reason) in named.iter().enumerate() {
            let bytes = outlet.by_reason.get(*reason).copied().unwrap_or(0);
            other = other.saturating_sub(bytes);
            bar(html, i, reason, bytes as f64 / all);
        }
        bar(html, REASONS, "other", other as f64 / all);
        html.push_str("</td></tr>\n");
    }
    html.push_str("</table>\n");
    if let Some(rest) = outlets.len().checked_sub(OUTLETS).filter(|rest| *rest > 0) {
        let _ = writeln!(html, "<p>{rest} smaller outlets are not shown.</p>");
    }
    html.push_str("</section>\n");
}

fn bar(html: &mut String, color: usize, title: &str, share: f64) {
    if share > 0.0005 {
        let _ = write!(
            html,
            "<i class=\"bar r{color}\" style=\"width:{:.1}%\" title=\"{} {:.1}%\"></i>",
            100.0 * share,
            escaped(title),
            100.0 * share,
        );
    }
}

fn confidence(html: &mut String, survey: &Survey) {
    html.push_str("<section>\n<h2>Confidence in the body</h2>\n");
    let step = 1.0 / survey.confidence.len() as f64;
    let bars: Vec<_> = survey
        .confidence
        .iter()
        .enumerate()
        .map(|(i, n)| {
            (
                format!("{:.2}–{:.2}", step * i as f64, step * (i + 1) as f64),
                *n,
            )
        })
        .collect();
    columns(html, &bars, "records by confidence in the body");
    html.push_str("</section>\n");
}

fn lowest(html: &mut String, lowest: &[Lowest]) {
    html.push_str("<section>\n<h2>The least certain records</h2>\n");
    for record in lowest {
        let _ = writeln!(
            html,
            "<details>\n<summary><b>{:.2}</b> <bdi>{}</bdi> <small>{}{} #{}</small></summary>",
            record.confidence,
            escaped(record.headline.as_deref().unwrap_or("no headline")),
            escaped(&record.source.path),
            record
                .source
                .member
                .as_deref()
                .map(escaped)
                .map_or_else(String::new, |m| format!(": {m}")),
            record.source.index,
        );
        match &record.inspection {
            Some(inspection) => {
                html.push_str("<table class=\"page\">\n");
                let printed = |row: &&Row| row.line_kind != LineKind::Blank;
                for row in inspection.rows.iter().filter(printed) {
                    line(html, row);
                }
                html.push_str("</table>\n");
            }
            None => html.push_str("<p>Its input cannot be read any more.</p>\n"),
        }
        html.push_str("</details>\n");
    }
    html.push_str("</section>\n");
}

fn line(html: &mut String, row: &Row) {
    let class = match row.line_kind {
        kind if kind.is_removed() => "removed",
        LineKind::Related => "beside",
        kind if kind.is_block() => "body",
        _ => "field",
    };
    let (text, cut) = match row.text.char_indices().nth(LINE) {
        Some((end, _)) => (&row.text[..end], "…"),
        None => (row.text.as_str(), ""),
    };
    let _ = writeln!(
        html,
        "<tr class=\"{class}\"><td class=\"number\">{}</td><td>{}</td><td title=\"{}\">{}</td><td class=\"number\">{:.2}</td>\
         <td class=\"wide\"><bdi>{}{cut}</bdi></td></tr>",
        row.line,
        row.kind,
        escaped(row.explanation),
        row.reason,
        row.confidence,
        escaped(text),
    );
}

/// `text` as it may stand in HTML, in attributes too; controls and bidi marks as their escapes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for c in sanitize::line(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{Survey, page};
    use crate::batch::report::{Lowest, Source};

    #[test]
    fn scraped_text_cannot_become_markup() {
        let evil = "<script>alert('x')</script>\" onload=\"x\u{202e}";
        let mut survey = Survey::default();
        survey.outlets.entry(evil.to_owned()).or_default().records = 1;
        survey.records_by_day.insert(evil.to_owned(), 1);
        survey.failures_by_cause.insert(evil.to_owned(), 1);
        survey.lowest.push(Lowest {
            confidence: 0.1,
            id: evil.to_owned(),
            headline: Some(evil.to_owned()),
            source: Source {
                path: evil.to_owned(),
                member: Some(evil.to_owned()),
                index: 0,
            },
            inspection: None,
        });
        let page = page(&survey);
        assert!(
            !page.contains("<script") && !page.contains("\" onload") && !page.contains('\u{202e}')
        );
        assert!(!page.contains("http"), "the page needs no network");
    }
}
