//! The query engine's errors as problems a reader can act on.

use datafusion::{common::SchemaError, error::DataFusionError};
use orochi_model::problem::Problem;

use crate::seal::Damage;

/// Whose fault it is, and the next step. `tables` are the names there are.
#[allow(clippy::needless_pass_by_value, reason = "used to map errors with")]
pub(crate) fn describe(error: DataFusionError, tables: &[String]) -> Problem {
    problem_from(&error, tables)
}

fn problem_from(error: &DataFusionError, tables: &[String]) -> Problem {
    use DataFusionError as E;
    if let Some(damage) = Damage::behind(error) {
        return damage.problem();
    }
    match error {
        E::Context(_, inner) | E::Diagnostic(_, inner) => problem_from(inner, tables),
        E::Shared(inner) => problem_from(inner, tables),
        E::Collection(errors) => match errors.first() {
            Some(first) => problem_from(first, tables),
            None => Problem::bug("the query failed without a reason"),
        },
        E::SQL(parser, _) => Problem::user("the query is not valid SQL").because(parser),
        E::SchemaError(schema, _) => match schema.as_ref() {
            SchemaError::FieldNotFound { field, valid_fields } => {
                let columns: Vec<String> = valid_fields.iter().map(|column| column.name.clone()).collect();
                Problem::user(format!("there is no column `{}`", field.name))
                    .hint(format!("the columns are {}", columns.join(", ")))
            }
            SchemaError::AmbiguousReference { field } => Problem::user(format!("column `{}` is ambiguous", field.name))
                .hint("name the table before it, as in `records.start`"),
            other => Problem::user("the query does not fit the tables").because(other),
        },
        E::Plan(words) if words.contains("table") && words.contains("not found") => {
            Problem::user("the query names a table that does not exist")
                .because(words)
                .hint(format!("the tables are {}", tables.join(", ")))
        }
        E::Plan(words) if ["DDL", "DML", "Statement"].iter().any(|kind| words.starts_with(kind)) => {
            Problem::user("only queries that read are allowed").because(words).hint("write a SELECT")
        }
        E::Plan(words) | E::Execution(words) | E::NotImplemented(words) | E::Configuration(words) => {
            Problem::user("the query cannot be run").because(words)
        }
        E::ArrowError(arrow, _) => match arrow.as_ref() {
            arrow::error::ArrowError::IoError(words, _) => disk(words),
            other => Problem::user("the query cannot be run").because(other),
        },
        E::ResourcesExhausted(words) => {
            Problem::user("the query needs more memory than it may use").because(words).hint("allow more with --memory")
        }
        E::IoError(error) => disk(&error.to_string()),
        E::ObjectStore(error) => Problem::data("a table of the case cannot be read")
            .because(error)
            .hint("`orochi verify` says which file it is"),
        E::ParquetError(error) => {
            Problem::data("a table of the case is damaged").because(error).hint("`orochi verify` says which file it is")
        }
        E::External(error) => match error.downcast_ref::<DataFusionError>() {
            Some(inner) => problem_from(inner, tables),
            None => Problem::bug("the query engine failed").because(error),
        },
        other => Problem::bug("the query engine failed").because(other),
    }
}

fn disk(words: &str) -> Problem {
    Problem::user("the query could not read or write the disk")
        .because(words)
        .hint("check the disk's free space and rights")
}
