//! A mapping written out as a profile, to be edited and used with `--profiles`.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

use orochi_formats::rows::Glimpse;
use orochi_layout::{
    Library, Reading,
    clocks::order_name,
    field::Field,
    mapping::Mapping,
    profile::{Headings, Profile},
};
use orochi_model::{party::Region, problem::Problem};

/// Writes the profile of the first sheet that is read; never over a file that is there.
pub fn write(out: &Path, file: &str, sheets: &[(&Glimpse, &Reading)], library: &Library) -> Result<(), Problem> {
    let mapping = sheets.iter().find_map(|(_, reading)| match reading {
        Reading::Mapped(mapping) => Some(mapping.as_ref()),
        Reading::Left(_) => None,
    });
    let mapping = mapping.ok_or_else(|| Problem::bug("the file was read although none of its sheets was"))?;
    let name = out.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let known = library.profiles().iter().find(|known| mapping.profile == format!("{} {}", known.name, known.version));
    let profile = match known {
        // A copy under its own name: beside the original it would fit every file twice.
        Some(known) => known.clone(),
        None => profile_from_mapping(mapping, &name, file),
    };
    let text = toml::to_string_pretty(&profile)
        .map_err(|error| Problem::bug("a profile cannot be written as TOML").because(error))?;
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(|error| Problem::io("make the profile's folder", folder, &error))?;
    }
    let mut target = OpenOptions::new().write(true).create_new(true).open(out).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Problem::user("the profile's file already exists").at(out.display()).hint("choose another name")
        }
        _ => Problem::io("write the profile", out, &error),
    })?;
    target.write_all(text.as_bytes()).map_err(|error| Problem::io("write the profile", out, &error))
}

/// The profile that gives this mapping again.
fn profile_from_mapping(mapping: &Mapping, name: &str, file: &str) -> Profile {
    let mut profile = Profile {
        name: name.to_owned(),
        version: 1,
        title: format!("layout of {file}"),
        source: format!("proposed from the headings and values of {file}; check every line"),
        table: Some(mapping.table),
        region: Some(match mapping.region {
            Region::Gb => "GB".to_owned(),
            Region::Us => "US".to_owned(),
        }),
        zone: Some(mapping.zone_name.clone()),
        dates: Some(order_name(mapping.order).to_owned()),
        ..Profile::default()
    };
    if mapping.header_row.is_none() {
        profile.headerless =
            (0..mapping.headings.len()).map(|column| mapping.field_of(column).unwrap_or(Field::Ignore)).collect();
        return profile;
    }
    let heading = |column: &usize| mapping.headings.get(*column).cloned();
    profile.columns = mapping
        .columns
        .iter()
        .filter_map(|(field, columns)| {
            let mut headings: Vec<String> = columns.iter().filter_map(heading).collect();
            let headings =
                if headings.len() == 1 { Headings::One(headings.remove(0)) } else { Headings::Several(headings) };
            Some((*field, headings)).filter(|(_, headings)| headings.iter().next().is_some())
        })
        .collect::<BTreeMap<_, _>>();
    profile.require =
        profile.columns.values().filter_map(|headings| headings.iter().next()).map(str::to_owned).collect();
    profile.ignore.clone_from(&mapping.unmapped);
    profile
}
