//! What is asked of one state of a case with one book of settings: each step is worked out when it
//! is first needed, and once.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use orochi_analysis::{
    applications::{self, ApplicationsReport, Applied},
    attribution::{self, Anchor, AttributionReport, IsolatedLines},
    colocation::{self, CaseRegistrations, PairReport, Period, ScreenReport},
    lines::{self, LinesReport},
    quantity,
    roles::{self, RolesReport},
    succession::{self, SuccessionReport},
    tenancy::{self, TenancyReport},
    traffic::ContactGraph,
};
use orochi_case::{Case, Engine};
use orochi_model::{authority::Authority, problem::Problem};

use crate::{Chains, SettingsBook, inputs::Inputs, quantity_request, views::Derived, watch::Watch};

/// How often each step was worked out, by its name. A step that is worked out twice for one
/// book of settings is a fault.
#[derive(Debug, Default)]
pub struct Counter(std::cell::RefCell<BTreeMap<&'static str, usize>>);

impl Counter {
    fn add(&self, step: &'static str) {
        *self.0.borrow_mut().entry(step).or_default() += 1;
    }

    /// How often a step was worked out.
    pub fn count(&self, step: &str) -> usize {
        self.0.borrow().get(step).copied().unwrap_or_default()
    }
}

/// The steps of a case.
pub struct Investigation<'c> {
    case: &'c Case,
    engine: &'c Engine,
    inputs: Inputs,
    watch: &'c dyn Watch,
    /// How often each step was worked out.
    pub counter: Counter,
    derived: DerivedTables,
    lines: OnceCell<LinesReport>,
    flagged: OnceCell<Vec<String>>,
    succession: OnceCell<SuccessionReport>,
    known_lines: OnceCell<Vec<Vec<String>>>,
    isolated: OnceCell<IsolatedLines>,
    registrations: OnceCell<CaseRegistrations<'c>>,
    contacts: OnceCell<ContactGraph>,
    attributions: std::cell::RefCell<BTreeMap<BTreeSet<String>, Arc<AttributionReport>>>,
    roles: OnceCell<RolesReport>,
}

/// Which derived tables are registered.
#[derive(Default)]
struct DerivedTables {
    events: OnceCell<()>,
    tenancies: OnceCell<()>,
    presences: OnceCell<()>,
}

/// Fills a cell once.
fn once<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, Problem>) -> Result<&T, Problem> {
    if cell.get().is_none() {
        let _ = cell.set(make()?);
    }
    cell.get().ok_or_else(|| Problem::bug("a step was worked out but its result is missing"))
}

impl<'c> Investigation<'c> {
    /// Nothing is worked out yet. `watch` is told what begins.
    pub fn new(case: &'c Case, engine: &'c Engine, inputs: Inputs, watch: &'c dyn Watch) -> Self {
        Self {
            case,
            engine,
            inputs,
            watch,
            counter: Counter::default(),
            derived: DerivedTables::default(),
            lines: OnceCell::new(),
            flagged: OnceCell::new(),
            succession: OnceCell::new(),
            known_lines: OnceCell::new(),
            isolated: OnceCell::new(),
            registrations: OnceCell::new(),
            contacts: OnceCell::new(),
            attributions: std::cell::RefCell::default(),
            roles: OnceCell::new(),
        }
    }

    /// The case.
    pub fn case(&self) -> &'c Case {
        self.case
    }

    /// The case's tables. A method's derived tables are there once it was asked.
    pub fn engine(&self) -> &'c Engine {
        self.engine
    }

    /// Who waits for answers.
    pub fn watch(&self) -> &'c dyn Watch {
        self.watch
    }

    /// The settings.
    pub fn book(&self) -> &SettingsBook {
        &self.inputs.book
    }

    fn step<T>(&self, name: &'static str, make: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
        self.watch.begin(name);
        self.counter.add(name);
        make()
    }

    /// Builds and registers `events` and `event_records`.
    ///
    /// # Errors
    /// When they cannot be built.
    pub fn events(&self) -> Result<(), Problem> {
        once(&self.derived.events, || self.step("events", || Derived::Events.register(self.engine))).copied()
    }

    /// Builds and registers `tenancies`.
    ///
    /// # Errors
    /// When they cannot be built.
    pub fn tenancies(&self) -> Result<(), Problem> {
        once(&self.derived.tenancies, || self.step("tenancies", || Derived::Tenancies.register(self.engine))).copied()
    }

    /// Registers the view `presences`.
    ///
    /// # Errors
    /// When `records` is missing or has other columns.
    pub fn presences(&self) -> Result<(), Problem> {
        once(&self.derived.presences, || Derived::Presences.register(self.engine)).copied()
    }

    /// Registers all derived tables.
    ///
    /// # Errors
    /// As [`Investigation::events`], [`Investigation::tenancies`] and [`Investigation::presences`].
    pub fn tables(&self) -> Result<(), Problem> {
        self.events()?;
        self.tenancies()?;
        self.presences()
    }

    /// Numbers ranked by how much they behave like a deal line.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn lines(&self) -> Result<&LinesReport, Problem> {
        once(&self.lines, || {
            self.events()?;
            self.step("lines", || lines::lines(self.engine, &self.inputs.book.lines))
        })
    }

    /// The numbers that the method `lines` flags, best first.
    ///
    /// # Errors
    /// As [`Investigation::lines`].
    pub fn flagged(&self) -> Result<&[String], Problem> {
        let make = || match self.lines.get() {
            Some(report) => Ok(report.flagged_numbers()),
            None => {
                self.events()?;
                self.step("flagged", || lines::flagged(self.engine, &self.inputs.book.lines))
            }
        };
        Ok(once(&self.flagged, make)?)
    }

    /// Pairs of numbers of which one may continue the other's line.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn succession(&self) -> Result<&SuccessionReport, Problem> {
        once(&self.succession, || {
            self.events()?;
            self.step("succession", || succession::succession(self.engine, &self.inputs.book.succession))
        })
    }

    /// The chains among the numbers of [`Investigation::lines`]; none where nothing is flagged: there is no line then
    /// whose numbers would be worth the second method's time.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn chains(&self) -> Result<Chains, Problem> {
        let report = self.lines()?;
        if report.flagged() == 0 {
            return Ok(Chains::default());
        }
        Chains::from_reports(report, self.succession()?)
    }

    /// The numbers of each line that is known: those flagged, each with its chain, in the order of its best number.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn known_lines(&self) -> Result<&[Vec<String>], Problem> {
        Ok(once(&self.known_lines, || Ok(self.succession()?.lines(self.flagged()?)))?)
    }

    /// The line that is asked about: one number stands for its chain, that number first; the id of a line that a person
    /// opened for the numbers decided on; several numbers are taken as they are.
    ///
    /// # Errors
    /// When the views or the catalogue cannot be read; user kind when there is no line of that id.
    pub fn line(&self, asked: &[String]) -> Result<Vec<String>, Problem> {
        match asked {
            [one] => match self.case.line_numbers(one)? {
                Some(numbers) => Ok(numbers),
                None => Ok(self.succession()?.chain(one)),
            },
            numbers => Ok(numbers.to_vec()),
        }
    }

    /// The known lines, each with its numbers in the order of their first communication.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn flagged_lines(&self) -> Result<Vec<Vec<String>>, Problem> {
        let known = self.known_lines()?;
        if known.is_empty() {
            return Ok(Vec::new());
        }
        let contacts = self.contacts()?;
        Ok(known.iter().map(|numbers| contacts.in_order(numbers.clone())).collect())
    }

    fn registrations(&self) -> Result<&CaseRegistrations<'c>, Problem> {
        once(&self.registrations, || {
            self.presences()?;
            self.step("registrations", || CaseRegistrations::load(self.engine))
        })
    }

    fn contacts(&self) -> Result<&ContactGraph, Problem> {
        once(&self.contacts, || {
            self.events()?;
            self.step("contacts", || ContactGraph::load(self.engine, &BTreeSet::new()))
        })
    }

    /// Who had the line's phone, spell by spell, with the anchors given. The report is named after the first number.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn attribution(&self, numbers: &[String]) -> Result<Arc<AttributionReport>, Problem> {
        if self.inputs.anchors.is_empty() {
            self.plain_attribution(numbers)
        } else {
            self.attribute(numbers, &self.inputs.anchors)
        }
    }

    /// The same without anchors, kept for all that rests on it.
    fn plain_attribution(&self, numbers: &[String]) -> Result<Arc<AttributionReport>, Problem> {
        let key: BTreeSet<String> = numbers.iter().cloned().collect();
        let kept = self.attributions.borrow().get(&key).cloned();
        if let Some(kept) = kept {
            return Ok(if kept.numbers == numbers { kept } else { Arc::new(kept.renamed(numbers)) });
        }
        let report = self.attribute(numbers, &[])?;
        self.attributions.borrow_mut().insert(key, Arc::clone(&report));
        Ok(report)
    }

    fn attribute(&self, numbers: &[String], anchors: &[Anchor]) -> Result<Arc<AttributionReport>, Problem> {
        let known = self.known_lines()?;
        self.events()?;
        let lines = attribution::AttributionContext {
            registrations: self.registrations()?,
            settings: &self.inputs.book.attribution,
            weighing: &self.inputs.book.colocation,
            sharing: &self.inputs.book.tenancy,
            model: &self.inputs.model,
            known,
            isolated: once(&self.isolated, || Ok(IsolatedLines::new(known)))?,
        };
        let names: Vec<&str> = numbers.iter().map(String::as_str).collect();
        Ok(Arc::new(self.step("attribution", || lines.attribute(&names, anchors))?))
    }

    /// Who does what for each flagged line, and who may need protection.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn roles(&self) -> Result<&RolesReport, Problem> {
        once(&self.roles, || {
            let contacts = self.contacts()?;
            let mut lines = Vec::new();
            for numbers in self.flagged_lines()? {
                let attributed = self.plain_attribution(&numbers)?;
                lines.push(roles::AttributedLine::new(contacts, numbers, attributed));
            }
            let (registrations, book) = (self.registrations()?, &self.inputs.book);
            let bursts = book.lines.burst_rule();
            self.step("roles", || {
                roles::roles(registrations, contacts, &book.roles, &book.applications, bursts, &lines)
            })
        })
    }

    /// The customer base of a line of these numbers, canonical, sorted: who received its bulk texts. It is the same in
    /// every answer and every document.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn customer_base(&self, line: &[String]) -> Result<Vec<String>, Problem> {
        Ok(self.contacts()?.customer_base(line, self.inputs.book.lines.burst_rule()))
    }

    /// How much a line's communications correspond to, by the figures entered. `associates` answer for the line by the
    /// user's word; with `ask_roles` those that the method `roles` suggests do so too.
    ///
    /// # Errors
    /// When no figure was entered, or the views or the catalogue cannot be read.
    pub fn quantity(
        &self,
        numbers: Vec<String>,
        associates: &[String],
        ask_roles: bool,
    ) -> Result<quantity::QuantityReport, Problem> {
        quantity::check(&self.inputs.book.quantity, &self.inputs.book.sources)?;
        self.events()?;
        let roles = if ask_roles { Some(self.roles()?) } else { None };
        let asked = quantity_request::asked(self.case, numbers, associates, roles, self.inputs.book.sources.clone())?;
        let book = &self.inputs.book;
        self.step("quantity", || quantity::quantity(self.engine, &book.quantity, book.lines.burst_rule(), &asked))
    }

    /// What to apply for next.
    ///
    /// # Errors
    /// When the views or the catalogue cannot be read.
    pub fn applications(&self) -> Result<ApplicationsReport, Problem> {
        self.events()?;
        let applied = self.applied()?;
        let book = &self.inputs.book;
        self.step("applications", || {
            let studied = lines::studied(self.engine, &book.lines)?;
            let ranked = lines::rank(&studied, &book.lines, lines::LineWeights::shipped()?);
            applications::propose(self.engine, &book.applications, book.lines.burst_rule(), &ranked, &applied)
        })
    }

    /// Which SIMs and handsets were swapped, shared or cloned.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn tenancy(&self) -> Result<TenancyReport, Problem> {
        self.tenancies()?;
        self.step("tenancy", || tenancy::tenancy(self.engine, &self.inputs.book.tenancy))
    }

    /// Whether one person carried the phones of two numbers.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn colocation(&self, a: &str, b: &str, period: Option<Period>) -> Result<PairReport, Problem> {
        let (registrations, settings) = (self.registrations()?, &self.inputs.book.colocation);
        self.step("colocation", || colocation::colocate(registrations, settings, &self.inputs.model, a, b, period))
    }

    /// One number against every other of the case.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn screen(&self, number: &str, period: Option<Period>) -> Result<ScreenReport, Problem> {
        let (registrations, settings) = (self.registrations()?, &self.inputs.book.colocation);
        self.step("screen", || colocation::screen(registrations, settings, &self.inputs.model, number, period))
    }

    /// What the case's authorities cover, each identifier with its period.
    fn applied(&self) -> Result<Vec<Applied>, Problem> {
        let each = |authority: Authority| {
            let (from, to) = (authority.from_us, authority.to_us - 1);
            authority.identifiers.into_iter().map(move |identifier| Applied { identifier, from, to })
        };
        Ok(self.case.authorities()?.into_iter().flat_map(each).collect())
    }
}
