//! JSON the way `serde_json` writes it, byte for byte. Most of what a record costs there is the look at its strings for
//! what has to be escaped, one byte after the other; here it is done eight bytes at a time. Numbers are left to
//! `serde_json`.

use std::fmt::{self, Display};
use std::io::{self, Write};

use serde::ser::{self, Serialize};

/// Writes `value`, whose maps have strings for keys.
pub(super) fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value
        .serialize(&mut Json(out))
        .map_err(|Failure(error)| error)
}

/// Writes values one after the other.
struct Json<'a, W>(&'a mut W);

/// What `out` said, or a value that cannot be written.
#[derive(Debug)]
struct Failure(io::Error);

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error)
    }
}

impl ser::Error for Failure {
    fn custom<T: Display>(message: T) -> Self {
        Self(io::Error::other(message.to_string()))
    }
}

impl<W: Write> Json<'_, W> {
    /// A value that holds no string.
    fn plain(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut *self.0, value).map_err(|error| Failure(error.into()))
    }

    fn string(&mut self, text: &str) -> io::Result<()> {
        let bytes = text.as_bytes();
        self.0.write_all(b"\"")?;
        let (mut start, mut at) = (0, 0);
        loop {
            at += unescaped(&bytes[at..]);
            self.0.write_all(&bytes[start..at])?;
            let Some(byte) = bytes.get(at) else {
                return self.0.write_all(b"\"");
            };
            self.escaped(*byte)?;
            at += 1;
            start = at;
        }
    }

    fn escaped(&mut self, byte: u8) -> io::Result<()> {
        let letter = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            _ => return write!(self.0, "\\u{byte:04x}"),
        };
        self.0.write_all(&[b'\\', letter])
    }
}

/// How many bytes `bytes` begins with that stand in a string as they are.
fn unescaped(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // The highest bit of each byte below `least`; of a byte above one that is, perhaps too.
    let below = |word: u64, least: u8| word.wrapping_sub(u64::from(least) * EACH) & !word & HIGH;
    let is = |word: u64, byte: u8| below(word ^ (u64::from(byte) * EACH), 1);
    let odd = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        below(word, b' ') | is(word, b'"') | is(word, b'\\')
    };
    let (words, rest) = bytes.as_chunks();
    for (n, word) in words.iter().enumerate() {
        let found = odd(word);
        if found != 0 {
            return 8 * n + found.trailing_zeros() as usize / 8;
        }
    }
    // The last eight bytes once more, of which nearly always all stand as they are.
    if bytes.last_chunk().is_some_and(|last| odd(last) == 0) {
        return bytes.len();
    }
    let stands = |byte: &&u8| **byte >= b' ' && !matches!(byte, b'"' | b'\\');
    8 * words.len() + rest.iter().take_while(stands).count()
}

/// What stands between two brackets.
struct List<'a, 'b, W> {
    json: &'a mut Json<'b, W>,
    empty: bool,
    close: &'static [u8],
}

impl<'a, 'b, W: Write> List<'a, 'b, W> {
    fn open(json: &'a mut Json<'b, W>, open: &[u8], close: &'static [u8]) -> Result<Self, Failure> {
        json.0.write_all(open)?;
        Ok(Self {
            json,
            empty: true,
            close,
        })
    }

    /// The list or object of a variant, which is an object of one member.
    fn of_variant(
        json: &'a mut Json<'b, W>,
        variant: &str,
        open: &[u8],
        close: &'static [u8],
    ) -> Result<Self, Failure> {
        json.0.write_all(b"{")?;
        json.string(variant)?;
        json.0.write_all(b":")?;
        Self::open(json, open, close)
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        if !std::mem::replace(&mut self.empty, false) {
            self.json.0.write_all(b",")?;
        }
        value.serialize(&mut *self.json)
    }

    fn member<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Failure> {
        self.item(key)?;
        self.value(value)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.json.0.write_all(b":")?;
        value.serialize(&mut *self.json)
    }

    fn close(self) -> Result<(), Failure> {
        Ok(self.json.0.write_all(self.close)?)
    }
}

/// Numbers and the like, which `serde_json` writes.
macro_rules! plain {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<(), Failure> {
            self.plain(&value)
        })*
    };
}

impl<'a, 'b, W: Write> ser::Serializer for &'a mut Json<'b, W> {
    type Ok = ();
    type Error = Failure;
    type SerializeSeq = List<'a, 'b, W>;
    type SerializeTuple = List<'a, 'b, W>;
    type SerializeTupleStruct = List<'a, 'b, W>;
    type SerializeTupleVariant = List<'a, 'b, W>;
    type SerializeMap = List<'a, 'b, W>;
    type SerializeStruct = List<'a, 'b, W>;
    type SerializeStructVariant = List<'a, 'b, W>;

    plain! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_bytes: &[u8],
    }

    fn serialize_str(self, text: &str) -> Result<(), Failure> {
        Ok(self.string(text)?)
    }

    fn serialize_none(self) -> Result<(), Failure> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failure> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Failure> {
        Ok(self.0.write_all(b"null")?)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Failure> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Failure> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        let mut list = List::open(self, b"{", b"}")?;
        list.member(variant, value)?;
        list.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a, 'b, W>, Failure> {
        List::open(self, b"[", b"]")
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a, 'b, W>, Failure> {
        List::open(self, b"[", b"]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a, 'b, W>, Failure> {
        List::open(self, b"[", b"]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a, 'b, W>, Failure> {
        List::of_variant(self, variant, b"[", b"]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<List<'a, 'b, W>, Failure> {
        List::open(self, b"{", b"}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<List<'a, 'b, W>, Failure> {
        List::open(self, b"{", b"}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a, 'b, W>, Failure> {
        List::of_variant(self, variant, b"{", b"}}")
    }
}

impl<W: Write> ser::SerializeMap for List<'_, '_, W> {
    type Ok = ();
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.value(value)
    }

    fn end(self) -> Result<(), Failure> {
        self.close()
    }
}

/// The traits of what is written as a list.
macro_rules! lists {
    ($($name:ident: $method:ident,)*) => {
        $(impl<W: Write> ser::$name for List<'_, '_, W> {
            type Ok = ();
            type Error = Failure;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
                self.item(value)
            }

            fn end(self) -> Result<(), Failure> {
                self.close()
            }
        })*
    };
}

lists! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

/// The traits of what is written as an object.
macro_rules! objects {
    ($($name:ident,)*) => {
        $(impl<W: Write> ser::$name for List<'_, '_, W> {
            type Ok = ();
            type Error = Failure;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Failure> {
                self.member(key, value)
            }

            fn end(self) -> Result<(), Failure> {
                self.close()
            }
        })*
    };
}

objects! {
    SerializeStruct,
    SerializeStructVariant,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::{any, prop_assert_eq, proptest};
    use serde::Serialize;

    use super::write;

    fn written(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write(&mut out, value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_of_every_kind_are_written_as_serde_json_writes_them() {
        #[derive(Serialize)]
        struct Unit;
        #[derive(Serialize)]
        struct Wrapped(i8);
        #[derive(Serialize)]
        struct Pair(f32, char);
        #[derive(Serialize)]
        enum Any {
            Unit,
            Wrapped(Option<u64>),
            Pair(bool, &'static str),
            Named { one: f64, two: Vec<Wrapped> },
        }
        #[derive(Serialize)]
        struct All {
            of_each: Vec<Any>,
            pair: Pair,
            unit: Unit,
            none: Option<u8>,
            empty: BTreeMap<String, u8>,
            map: BTreeMap<&'static str, (i64, ())>,
        }
        let all = All {
            of_each: vec![
                Any::Unit,
                Any::Wrapped(Some(u64::MAX)),
                Any::Pair(true, "a \"b\""),
                Any::Named {
                    one: 0.1 + 0.2,
                    two: vec![Wrapped(-1), Wrapped(2)],
                },
            ],
            pair: Pair(1.5, '가'),
            unit: Unit,
            none: None,
            empty: BTreeMap::new(),
            map: BTreeMap::from([("k", (-3, ())), ("\n", (4, ()))]),
        };
        assert_eq!(written(&all), serde_json::to_string(&all).unwrap());
    }

    #[test]
    fn what_has_to_be_escaped_is_seen_wherever_it_stands() {
        for c in ('\0'..='\u{100}').chain(['가', '\u{2028}', '\u{ffff}']) {
            for before in 0..20 {
                let text = format!("{}{c}{c}é\u{7f}", "x".repeat(before));
                assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
            }
        }
    }

    proptest! {
        #[test]
        fn any_string_is_written_as_serde_json_writes_it(text in any::<String>()) {
            prop_assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
        }
    }
}
