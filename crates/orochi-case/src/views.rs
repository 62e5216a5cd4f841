//! The tables of a case as views: only exhibits that are committed, the column `exhibit` first, released
//! excess data among the records.
//!
//! Beneath each view is a listing of `tables/<table>/`, in which the folders' names give the column `exhibit`, under
//! the name `stored_<table>`. A folder that is being moved into place by another process is in the listing and not in
//! the view: the view names the exhibits it holds, and the engine drops the others by name, before opening a file.

use std::{fmt::Write, path::Path, sync::Arc};

use arrow::datatypes::{DataType, SchemaRef};
use datafusion::{
    datasource::{
        file_format::parquet::ParquetFormat,
        listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl},
    },
    error::DataFusionError,
    prelude::SessionContext,
};
use orochi_model::problem::Problem;
use orochi_tables::schema;

use crate::{
    authority::{self, Release},
    case::Case,
    catalogue::sql,
    disk,
    exhibit::{self, Exhibit},
    fault::describe,
    seal::{
        self,
        book::{self, Sealed},
    },
};

/// The case at one moment.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) exhibits: Vec<Exhibit>,
    pub(crate) releases: Vec<Release>,
    /// Of the exhibits' tables.
    pub(crate) seals: Vec<Sealed>,
}

impl Snapshot {
    pub(crate) fn take(case: &Case) -> Result<Self, Problem> {
        let connection = case.connection();
        let reading = connection.unchecked_transaction().map_err(sql)?;
        let seals = book::list(&reading, "tables/")?;
        Ok(Self { exhibits: exhibit::list(&reading)?, releases: authority::releases(&reading)?, seals })
    }

    /// Looks whether each table of each exhibit is there: a listing of folders would pass over one that is not.
    fn check(&self, dir: &Path) -> Result<(), Problem> {
        for exhibit in &self.exhibits {
            for table in &exhibit.tables {
                let path = exhibit::table_file(dir, table, &exhibit.label);
                if !path.is_file() {
                    return Err(Problem::data("a table of the case is missing, so no result is made without it")
                        .at(path.display())
                        .hint(seal::mend(&path)));
                }
            }
        }
        Ok(())
    }

    /// Labels of the exhibits that filled a table, as SQL texts.
    fn holding(&self, table: &str) -> Vec<String> {
        let holds = |exhibit: &&Exhibit| exhibit.tables.iter().any(|name| name == table);
        self.exhibits.iter().filter(holds).map(|exhibit| literal(&exhibit.label)).collect()
    }

    /// What the view of a table shows of one exhibit, as SQL. A view names every exhibit of the case, which costs more
    /// to plan than one exhibit costs to read.
    pub(crate) fn exhibit_view(&self, exhibit: &str, table: &str) -> Result<String, Problem> {
        let mut tables = schema::exhibit_tables().into_iter();
        let (name, schema) = tables
            .find(|(name, _)| *name == table)
            .ok_or_else(|| Problem::bug(format!("{table} is not a table of exhibits")))?;
        let part = Self {
            exhibits: self.exhibits.iter().filter(|one| one.label == exhibit).cloned().collect(),
            releases: self.releases.iter().filter(|one| one.exhibit == exhibit).cloned().collect(),
            seals: Vec::new(),
        };
        Ok(select(&part, name, &schema))
    }

    /// The condition on `excess` that a row is released; none when nothing is.
    pub(crate) fn released(&self) -> Option<String> {
        let each = self.releases.iter().map(|release| {
            let mut condition = format!(
                "(exhibit = {} AND \"row\" BETWEEN {} AND {}",
                literal(&release.exhibit),
                release.first_row,
                release.last_row
            );
            if let Some(sheet) = &release.sheet {
                // Never null, so that its negation holds for rows without a sheet.
                let _ = write!(condition, " AND sheet IS NOT DISTINCT FROM {}", literal(sheet));
            }
            condition + ")"
        });
        let conditions: Vec<String> = each.collect();
        (!conditions.is_empty()).then(|| format!("({})", conditions.join(" OR ")))
    }
}

/// A text as a literal of SQL.
pub fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// The columns of a view in SQL, in order.
fn columns(schema: &SchemaRef) -> String {
    let shown = schema.fields().iter().filter(|field| field.name() != schema::EXCESS);
    let names: Vec<String> = shown.map(|field| format!("\"{}\"", field.name())).collect();
    format!("exhibit, {}", names.join(", "))
}

/// Registers all views of the case.
pub(crate) async fn register(context: &SessionContext, dir: &Path, snapshot: &Snapshot) -> Result<(), Problem> {
    snapshot.check(dir)?;
    for (table, schema) in schema::exhibit_tables() {
        disk::make_folder(&dir.join("tables").join(table))?;
        store(context, dir, table, schema).map_err(|error| describe(error, &[]))?;
    }
    for (table, schema) in schema::exhibit_tables() {
        let select = select(snapshot, table, &schema);
        view(context, table, &select).await.map_err(|error| describe(error, &[]))?;
    }
    Ok(())
}

fn select(snapshot: &Snapshot, table: &str, schema: &SchemaRef) -> String {
    let committed = |table: &str| match &snapshot.holding(table)[..] {
        [] => "FALSE".to_owned(),
        labels => format!("exhibit IN ({})", labels.join(", ")),
    };
    let columns = columns(schema);
    let mut select = format!("SELECT {columns} FROM stored_{table} WHERE {}", committed(table));
    match (table, snapshot.released()) {
        ("records", Some(released)) => {
            let _ = write!(
                select,
                " UNION ALL SELECT {columns} FROM stored_excess WHERE {} AND {released}",
                committed("excess")
            );
        }
        ("cells", _) => {
            let _ = write!(select, " UNION ALL {}", unnamed_radio(schema, &committed(table)));
        }
        ("excess", released) => {
            let quarantined = released.map_or_else(String::new, |released| format!(" AND NOT {released}"));
            select.push_str(&quarantined);
            for (table, columns) in IN_PLACE {
                let _ = write!(
                    select,
                    " UNION ALL SELECT {} FROM stored_{table} WHERE {} AND excess IS NOT NULL{quarantined}",
                    as_excess(schema, table, columns),
                    committed(table)
                );
            }
        }
        (_, released) if schema.column_with_name(schema::EXCESS).is_some() => {
            let released = released.map_or_else(String::new, |released| format!(" OR {released}"));
            let _ = write!(select, " AND (excess IS NULL{released})");
        }
        _ => {}
    }
    select
}

/// Rows of cell lists under the name that records without a generation give their cell (`?/234-15-2101-2367`), where
/// they do and the lists know that number of one generation only: the same country, network, area and
/// number are the same mast.
fn unnamed_radio(schema: &SchemaRef, committed: &str) -> String {
    let number = "substr(cell, strpos(cell, '/') + 1)";
    let each = schema.fields().iter().map(|field| match field.name().as_str() {
        "cell" => format!("'?/' || {number} AS cell"),
        name => format!("\"{name}\""),
    });
    let listed = format!(
        "FROM stored_cells WHERE {committed} AND origin = 'list' AND (cell LIKE 'GSM/%' OR cell LIKE 'UMTS/%' OR cell \
         LIKE 'LTE/%' OR cell LIKE 'NR/%')"
    );
    format!(
        "SELECT exhibit, {} {listed} AND '?/' || {number} IN (SELECT cell FROM stored_cells WHERE {committed} AND \
         origin = 'record' AND cell LIKE '?/%') AND {number} IN (SELECT {number} {listed} GROUP BY {number} HAVING \
         count(DISTINCT cell) = 1)",
        each.collect::<Vec<_>>().join(", ")
    )
}

/// Tables whose excess rows are quarantined in place, and which of their columns stand for which of the view `excess`.
pub(crate) const IN_PLACE: [(&str, &[(&str, &str)]); 3] = [
    ("subscribers", &[("a", "number"), ("start", "from"), ("imsi", "imsi"), ("imei", "imei")]),
    ("topups", &[("a", "number"), ("start", "at"), ("start_text", "at_text")]),
    ("handsets", &[("a", "number"), ("start", "from"), ("imsi", "imsi"), ("imei", "imei")]),
];

/// The columns of the view `excess` from a table whose excess rows are quarantined in place;
/// `kind` is the table's name.
fn as_excess(schema: &SchemaRef, table: &str, columns: &[(&str, &str)]) -> String {
    let each = schema.fields().iter().map(|field| {
        let name = field.name().as_str();
        let from = columns.iter().find(|(column, _)| *column == name).map(|(_, from)| format!("\"{from}\""));
        let value = match (name, from) {
            (_, Some(from)) => from,
            ("row" | "sheet", None) => format!("\"{name}\""),
            ("kind", None) => literal(table),
            ("reason", None) => "excess".to_owned(),
            (_, None) => "NULL".to_owned(),
        };
        format!("{value} AS \"{name}\"")
    });
    format!("exhibit, {}", each.collect::<Vec<_>>().join(", "))
}

async fn view(context: &SessionContext, name: &str, select: &str) -> Result<(), DataFusionError> {
    let frame = context.sql(select).await?;
    context.register_table(name, frame.into_view()).map(drop)
}

fn store(context: &SessionContext, dir: &Path, table: &str, schema: SchemaRef) -> Result<(), DataFusionError> {
    let exhibit = vec![("exhibit".to_owned(), DataType::Utf8)];
    list(context, &format!("stored_{table}"), &dir.join("tables").join(table), schema, exhibit)
}

/// Registers a Parquet file, or a folder of them, of a known schema. Not through the engine's own parsing of paths: a
/// case folder's name may hold `*`, `?` or `%`.
pub(crate) fn list(
    context: &SessionContext,
    name: &str,
    path: &Path,
    schema: SchemaRef,
    from_folders: Vec<(String, DataType)>,
) -> Result<(), DataFusionError> {
    let url = if path.is_dir() { url::Url::from_directory_path(path) } else { url::Url::from_file_path(path) };
    let url = url.map_err(|()| DataFusionError::Configuration(format!("not an absolute path: {}", path.display())))?;
    let options = ListingOptions::new(Arc::new(ParquetFormat::default()))
        .with_file_extension(".parquet")
        .with_table_partition_cols(from_folders);
    let config =
        ListingTableConfig::new(ListingTableUrl::try_new(url, None)?).with_listing_options(options).with_schema(schema);
    let cache = context.runtime_env().cache_manager.get_file_statistic_cache();
    let listing = ListingTable::try_new(config)?.with_cache(cache);
    context.register_table(name, Arc::new(listing)).map(drop)
}
