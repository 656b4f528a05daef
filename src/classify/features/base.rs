//! The columns that a unit has by itself and by its place on the page: their names, and how far they are looked at.

use crate::lexicon::cues::Cue;

/// How far a base column is looked at from a neighbouring row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// On the unit alone.
    Own,
    /// On it and two neighbours on either side.
    Near,
    /// On it, four neighbours on either side, and in windows.
    Wide,
}

macro_rules! base_columns {
    ($($(#[doc = $doc:literal])* $name:ident: $reach:ident,)*) => {
        /// The base columns, in order; cue columns follow them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Base { $($(#[doc = $doc])* $name,)* }

        /// Name and reach of every base column, in order.
        pub(super) const BASE: &[(&str, Reach)] = &[$((stringify!($name), Reach::$reach)),*];
    };
}

base_columns! {
    /// Display columns, logarithmic.
    Columns: Wide,
    /// Words, logarithmic.
    Words: Wide,
    /// Words per sentence-ending mark, logarithmic.
    SentenceLength: Near,
    /// Share of function words; of particles and endings in Korean; of kana in Japanese.
    Glue: Wide,
    /// Number of function words.
    GlueCount: Near,
    /// How it ends.
    End: Wide,
    /// How it begins.
    Start: Near,
    /// Long, and ends as a sentence.
    Sentence: Wide,
    /// Share of words that begin with a capital.
    Capitalised: Wide,
    /// Share of words in capitals.
    Shouted: Own,
    /// Share of digits among the characters.
    Digits: Near,
    /// Share of marks among the characters.
    Marks: Near,
    /// Commas.
    Commas: Near,
    /// Ends of sentences inside and at the end.
    Stops: Near,
    /// Marks that separate entries.
    Separators: Near,
    /// Quotation marks.
    Quotes: Near,
    /// Opening brackets.
    Brackets: Own,
    /// Colons.
    Colons: Own,
    /// How long a label it opens with.
    Label: Near,
    /// A copyright sign inside.
    Credited: Near,
    /// `@` and `#`.
    Addresses: Near,
    /// Mail addresses.
    Mails: Near,
    /// Groups of digits.
    Numbers: Own,
    /// Times of day.
    Times: Wide,
    /// Dates.
    Dates: Wide,
    /// Mean length of words.
    WordLength: Own,
    /// Indentation.
    Indent: Near,
    /// Indentation as against the page's commonest one among long units.
    IndentShift: Near,
    /// Blank lines before.
    BlankBefore: Wide,
    /// Blank lines after.
    BlankAfter: Near,
    /// How many lines it was joined from.
    Parts: Own,
    /// Whether it is a piece of a longer line.
    Continues: Own,
    /// Units above, logarithmic.
    FromTop: Own,
    /// Units below, logarithmic.
    FromBottom: Own,
    /// Place on the page, 0 at the top.
    Place: Own,
    /// Share of the page's text above.
    TextAbove: Own,
    /// How often it is printed on the page.
    Repeats: Wide,
    /// Whether it was printed before.
    PrintedBefore: Near,
    /// Share of its telling words that return in other sentences of the page.
    Returns: Wide,
    /// Number of those.
    Ties: Near,
    /// Share of its runs of words that another unit prints too.
    Echo: Near,
    /// Whether that unit is further up (64) or down (192).
    EchoPlace: Own,
    /// How much longer that unit is (above 128) or shorter.
    EchoLength: Own,
    /// Length as against the page's median sentence unit.
    RelativeLength: Near,
    /// How often it was seen in other documents of its outlet; not known yet, so always 0.
    SeenElsewhere: Near,
    /// Units on the page, logarithmic.
    PageUnits: Own,
    /// Sentence units on the page, logarithmic.
    PageSentences: Own,
    /// Share of the page's text that stands in sentence units.
    PageProse: Own,
    /// Blank lines per unit.
    PageBlanks: Own,
    /// Script of the page.
    PageScript: Own,
    /// Share of units that were joined from several lines.
    PageJoined: Own,
    /// What its words say for or against its being article text.
    Evidence: Wide,
    /// Any cue of boilerplate.
    AnyCue: Wide,
    /// Units since the last cue for related stories, logarithmic.
    SinceRelated: Own,
    /// Units since the last cue of a comment area.
    SinceComments: Own,
    /// Units since the last cue of a ranked list.
    SinceRanking: Own,
    /// Units since the last copyright notice.
    SinceCopyright: Own,
    /// Units since the last share bar.
    SinceShare: Own,
    /// Units since the last date.
    SinceDate: Own,
    /// Units since the last byline cue.
    SinceByline: Own,
    /// Units since the last cue of a newsletter or paywall.
    SinceOffer: Own,
    /// Units until the next cue for related stories.
    UntilRelated: Own,
    /// Units until the next cue of a comment area.
    UntilComments: Own,
    /// Units until the next copyright notice.
    UntilCopyright: Own,
    /// Units until the next share bar.
    UntilShare: Own,
    /// Units until the next date.
    UntilDate: Own,
    /// Units until the next byline cue.
    UntilByline: Own,
}

/// Name and reach of every column that [`super::page`] makes, in order.
pub(crate) fn columns() -> Vec<(String, Reach)> {
    let base = BASE
        .iter()
        .map(|(name, reach)| ((*name).to_owned(), *reach));
    base.chain(
        Cue::ALL
            .iter()
            .map(|cue| (format!("Cue:{}", cue.code()), Reach::Near)),
    )
    .collect()
}

/// How many columns [`super::page`] makes.
pub(crate) fn count() -> usize {
    BASE.len() + Cue::ALL.len()
}
