//! The JSON Schema of the record, made of its types and of the vocabulary of kinds and reasons.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::label::{LineKind, Reason};
use crate::record::Article;

/// The schema of a record as it is written: a key that is always there is required, null or not.
#[must_use]
pub fn record() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Article>();
    let kinds: Vec<_> = LineKind::ALL.iter().map(|kind| kind.code()).collect();
    let reasons: Vec<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    for (pointer, known) in [
        ("/$defs/LedgerEntry/properties/kind", &kinds),
        ("/$defs/LedgerEntry/properties/reason", &reasons),
    ] {
        if let Some(Value::Object(property)) = schema.pointer_mut(pointer) {
            property.insert("enum".to_owned(), json!(known));
        }
    }
    for (pointer, known) in [
        ("/properties/schemaVersion", crate::record::SCHEMA_VERSION),
        ("/$defs/Person/properties/type", "Organization"),
    ] {
        if let Some(Value::Object(property)) = schema.pointer_mut(pointer) {
            property.insert("const".to_owned(), json!(known));
        }
    }
    schema
}
