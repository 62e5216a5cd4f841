//! The settings of every method of a run, from TOML: `name = value`, one a line; the others keep their defaults.

use std::{collections::BTreeMap, path::Path};

use orochi_analysis::{
    applications, attribution, colocation, lines, quantity, roles, settings::Settable, succession, tenancy,
};
use orochi_model::{method::Used, problem::Problem};
use serde_json::{Map, Value, json};

use crate::registry;

/// What the name of a figure's source ends in.
const SOURCE: &str = "_source";

/// Settings of all methods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettingsBook {
    /// Of `lines`.
    pub lines: lines::Settings,
    /// Of `succession`.
    pub succession: succession::Settings,
    /// Of `tenancy`.
    pub tenancy: tenancy::Settings,
    /// Of `applications`.
    pub applications: applications::Settings,
    /// Of `roles`.
    pub roles: roles::Settings,
    /// Of `attribution`.
    pub attribution: attribution::Settings,
    /// Of `colocation`.
    pub colocation: colocation::Settings,
    /// Of `quantity`: thresholds and figures. Without a figure of consumption it gives no weight.
    pub quantity: quantity::Settings,
    /// Where each figure of `quantity` comes from, by the name of its setting.
    pub sources: BTreeMap<String, String>,
}

impl SettingsBook {
    /// The settings of a run about one method: from a file, that method's own; from a folder, those of every method
    /// with a file there (`lines.toml`, `attribution.toml`, …). Defaults where nothing is given.
    ///
    /// # Errors
    /// User kind for what is no TOML, an unknown name, a value out of its range, or a file of a folder that
    /// is named after no method.
    pub fn read(method: &str, path: Option<&Path>) -> Result<Self, Problem> {
        Self::read_with(method, path, Map::new())
    }

    /// The same with values of the method that were typed: they go before those of its file.
    ///
    /// # Errors
    /// As [`SettingsBook::read`].
    pub fn read_with(method: &str, path: Option<&Path>, typed: Map<String, Value>) -> Result<Self, Problem> {
        let mut book = Self::default();
        let mut own = path.map(Path::to_owned);
        if let Some(dir) = path.filter(|path| path.is_dir()) {
            book.take_folder(dir)?;
            own = files(dir)?.remove(method);
        }
        let mut given = own.as_deref().map(values).transpose()?.unwrap_or_default();
        given.extend(typed);
        book.take(method, given).map_err(|problem| match &own {
            Some(path) => problem.at(path.display()),
            None => problem,
        })?;
        Ok(book)
    }

    /// Takes the file of each method in a folder.
    ///
    /// # Errors
    /// As [`SettingsBook::read`].
    pub fn take_folder(&mut self, dir: &Path) -> Result<(), Problem> {
        for (method, path) in files(dir)? {
            self.take_file(&method, &path)?;
        }
        Ok(())
    }

    /// Takes one method's file.
    ///
    /// # Errors
    /// As [`SettingsBook::read`].
    pub fn take_file(&mut self, method: &str, path: &Path) -> Result<(), Problem> {
        self.take(method, values(path)?).map_err(|problem| problem.at(path.display()))
    }

    /// Takes values of one method. Of `quantity` a figure's source may stand beside it: `daily_grams = 0.3` and
    /// `daily_grams_source = "…"`.
    ///
    /// # Errors
    /// As [`SettingsBook::read`].
    pub fn take(&mut self, method: &str, given: Map<String, Value>) -> Result<(), Problem> {
        match registry::current_name(method) {
            "lines" => self.lines = Settable::with(&given)?,
            "succession" => self.succession = Settable::with(&given)?,
            "tenancy" => self.tenancy = Settable::with(&given)?,
            "applications" => self.applications = Settable::with(&given)?,
            "roles" => self.roles = Settable::with(&given)?,
            "attribution" => self.attribution = Settable::with(&given)?,
            "colocation" => self.colocation = Settable::with(&given)?,
            "quantity" => {
                let (settings, sources) = parted(given)?;
                self.quantity = Settable::with(&settings)?;
                self.sources = sources;
            }
            _ => {
                return Err(Problem::user(format!("there is no method {method} to take settings"))
                    .hint(format!("the methods are: {}", registry::names().join(", "))));
            }
        }
        Ok(())
    }

    /// A method with its settings in this run; none for a name that is no method's.
    pub fn used(&self, method: &str) -> Option<Used> {
        Some(match registry::current_name(method) {
            "lines" => lines::METHOD.used(self.lines.list()),
            "succession" => succession::METHOD.used(self.succession.list()),
            "tenancy" => tenancy::METHOD.used(self.tenancy.list()),
            "applications" => applications::METHOD.used(self.applications.list()),
            "roles" => roles::METHOD.used(self.roles.list()),
            "attribution" => attribution::METHOD.used(self.attribution.list()),
            "colocation" => colocation::METHOD.used(self.colocation.list()),
            "quantity" => quantity::METHOD.used(self.quantity.list()),
            _ => return None,
        })
    }

    /// A method's values in this run, by the names of its settings; nothing for a name that is no method's.
    pub fn values(&self, method: &str) -> Map<String, Value> {
        let used = self.used(method).map(|used| used.settings).unwrap_or_default();
        used.iter().map(|setting| (setting.name.to_owned(), setting.value.into())).collect()
    }

    /// Versions and values of these methods, by name, as the log notes them.
    pub fn noted(&self, methods: &[&str]) -> Map<String, Value> {
        let used = methods.iter().filter_map(|method| self.used(method));
        used.map(|used| {
            let noted = json!({ "version": used.version, "settings": self.values(used.name) });
            (used.name.to_owned(), noted)
        })
        .collect()
    }

    /// What a method rests on besides itself, each with its settings in this run.
    pub fn rests_on(&self, method: &str) -> Vec<Used> {
        registry::rests_on(method).iter().filter_map(|name| self.used(name)).collect()
    }

    /// Whether a figure of consumption was entered, without which no weight is given.
    pub fn has_figures(&self) -> bool {
        self.quantity.daily_grams > 0.0
    }
}

/// The settings files of a folder, by method.
///
/// # Errors
/// When the folder cannot be read; user kind when two files are of one method.
pub fn files(dir: &Path) -> Result<BTreeMap<String, std::path::PathBuf>, Problem> {
    let wrong = |error| Problem::io("read the folder of settings", dir, &error);
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if let Some(stem) = path.file_stem().filter(|_| is_toml) {
            let method = registry::current_name(&stem.to_string_lossy()).to_owned();
            // A method that had another name may have a file under either.
            if let Some(other) = all.insert(method, path.clone()) {
                return Err(Problem::user("two files hold the settings of one method")
                    .at(path.display())
                    .because(other.display())
                    .hint("keep one of them"));
            }
        }
    }
    Ok(all)
}

/// The values of a file.
///
/// # Errors
/// User kind for what is no TOML.
pub fn values(path: &Path) -> Result<Map<String, Value>, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::io("read the settings", path, &error))?;
    toml::from_str(&text).map_err(|error| {
        Problem::user("the settings are not TOML")
            .at(path.display())
            .because(error.message())
            .hint("write name = value, one on each line")
    })
}

/// Settings, and sources of those that were entered.
#[allow(clippy::type_complexity, reason = "a pair of what a file holds")]
fn parted(given: Map<String, Value>) -> Result<(Map<String, Value>, BTreeMap<String, String>), Problem> {
    let (mut settings, mut sources) = (Map::new(), BTreeMap::new());
    for (name, value) in given {
        match (name.strip_suffix(SOURCE), value) {
            (None, value) => drop(settings.insert(name, value)),
            (Some(figure), Value::String(source)) => drop(sources.insert(figure.to_owned(), source)),
            (Some(_), value) => {
                return Err(Problem::user(format!("{name} is not text"))
                    .because(value)
                    .hint("state where the figure comes from"));
            }
        }
    }
    Ok((settings, sources))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(json: &str) -> Map<String, Value> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_method_of_the_registry_takes_settings_and_is_told_with_them() {
        for name in registry::names() {
            let mut book = SettingsBook::default();
            book.take(name, Map::new()).unwrap();
            let used = book.used(name).unwrap();
            assert_eq!(used.name, name);
            let first = &used.settings[0];
            book.take(name, given(&format!(r#"{{"{}": {}}}"#, first.name, first.range.1))).unwrap();
            let changed = book.used(name).unwrap();
            assert_eq!(changed.settings[0].value, first.range.1, "{name}");
        }
        assert!(SettingsBook::default().take("lyrics", Map::new()).is_err());
    }

    #[test]
    fn a_method_takes_settings_by_the_name_that_it_had() {
        for (was, is) in [("attribute", "attribution"), ("colocate", "colocation"), ("next", "applications")] {
            let mut book = SettingsBook::default();
            book.take(was, Map::new()).unwrap();
            assert_eq!(book.used(was).unwrap().name, is);
        }
    }

    #[test]
    fn a_figure_stands_beside_its_source() {
        let mut book = SettingsBook::default();
        book.take("quantity", given(r#"{"daily_grams": 0.3, "daily_grams_source": "survey X"}"#)).unwrap();
        assert!(book.has_figures());
        assert_eq!(book.sources["daily_grams"], "survey X");
        let problem = book.take("quantity", given(r#"{"daily_grams_source": 3}"#)).unwrap_err();
        assert!(problem.message.contains("daily_grams_source"), "{problem}");
    }
}
