use crate::knowledge::{Contact, Force, ForceBasis, Knowledge, Technique};
use crate::math;
use crate::unit::Kilograms;

/// Standard gravity in m/s2.
const GRAVITY: f64 = 9.806_65;

/// An estimate with what it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// With the lightest way of doing it.
    pub low: f64,
    /// As described.
    pub usual: f64,
    /// With the heaviest way described.
    pub high: f64,
    /// What it stands on.
    pub source: String,
}

/// The force through the tool in newtons and the mean contact pressure in kilopascals.
///
/// A missing body mass is taken from `planning.toml`, and the source says so.
#[must_use]
pub fn force_and_pressure(
    knowledge: &Knowledge,
    technique: &Technique,
    mass: Option<Kilograms>,
) -> (Estimate, Estimate) {
    let force = force(knowledge, &technique.force, mass);
    let pressure = match knowledge.tools.get(&technique.tool).map(|tool| &tool.contact) {
        Some(contact) => pressure(contact, &force),
        None => Estimate { low: 0.0, usual: 0.0, high: 0.0, source: "no measurement found".to_owned() },
    };
    (force, pressure)
}

fn force(knowledge: &Knowledge, force: &Force, mass: Option<Kilograms>) -> Estimate {
    let reference = knowledge.planning.reference_body.mass_kg;
    let (scale, whose) = match (force.basis, mass) {
        (ForceBasis::Newtons, _) => (1.0, String::new()),
        (ForceBasis::BodyWeight, Some(mass)) => (mass.kilograms() * GRAVITY, String::new()),
        (ForceBasis::BodyWeight, None) => {
            (reference * GRAVITY, format!(" For a body of {reference} kg, as no mass was given (our judgement)."))
        }
    };
    let newtons = |share: f64| math::round_to(share * scale, 0);
    Estimate {
        low: newtons(force.low),
        usual: newtons(force.usual),
        high: newtons(force.high),
        source: format!("{}: {}{whose}", force.sources.join(", "), force.note),
    }
}

fn pressure(contact: &Contact, force: &Estimate) -> Estimate {
    // Newtons per square centimetre are tens of kilopascals.
    let (kilopascals, sources, note): (Box<dyn Fn(f64) -> f64>, _, _) = match contact {
        Contact::Area { area_cm2, sources, note, .. } => {
            let area = *area_cm2;
            (Box::new(move |newtons| newtons / area * 10.0), sources, note)
        }
        Contact::Ball { radius_cm, stiffness_kpa, balls, sources, note, .. } => {
            let (radius_m, stiffness_pa, balls) = (radius_cm / 100.0, stiffness_kpa * 1000.0, f64::from(*balls));
            let hertz = move |newtons: f64| {
                let each = newtons / balls;
                let contact_radius_m = math::cbrt(3.0 * each * radius_m / (4.0 * stiffness_pa));
                let area_m2 = std::f64::consts::PI * contact_radius_m * contact_radius_m;
                if area_m2 > 0.0 { each / area_m2 / 1000.0 } else { 0.0 }
            };
            (Box::new(hertz), sources, note)
        }
    };
    let shown = |newtons: f64| math::round_to(kilopascals(newtons), 0);
    Estimate {
        low: shown(force.low),
        usual: shown(force.usual),
        high: shown(force.high),
        source: format!("{}: {note}", sources.join(", ")),
    }
}

/// The usual force in words people can feel: "about a third of your body weight".
#[must_use]
pub fn force_in_words(force: &Force) -> String {
    match force.basis {
        ForceBasis::BodyWeight => format!("about {} of your body weight", share_in_words(force.usual)),
        ForceBasis::Newtons => {
            format!("about as much as {} kg would weigh there", math::round_to(force.usual / GRAVITY, 0))
        }
    }
}

/// A share in words: "a third", "a tenth", "half".
fn share_in_words(share: f64) -> String {
    let words = [
        (0.05, "a twentieth"),
        (0.1, "a tenth"),
        (0.2, "a fifth"),
        (0.25, "a quarter"),
        (1.0 / 3.0, "a third"),
        (0.4, "two fifths"),
        (0.5, "half"),
        (2.0 / 3.0, "two thirds"),
        (0.75, "three quarters"),
    ];
    words
        .iter()
        .find(|(known, _)| (share - known).abs() <= known * 0.05)
        .map_or_else(|| format!("{:.0} %", share * 100.0), |(_, word)| (*word).to_owned())
}
