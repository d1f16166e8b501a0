//! What other programs call a kind of training, and what `knowledge/sports/` calls it.

/// A session of rolling, wherever it was logged.
pub const FOAM_ROLLING: &str = "foam_rolling";
/// What nobody knows.
pub const OTHER: &str = "other";

/// A watch's sport and its kind. Numbers seen in the profile of `rustyfit` 0.11 (21.218).
pub const fn of_fit(sport: u64, sub_sport: u64) -> &'static str {
    match (sport, sub_sport) {
        (_, 19) | (86, _) => "stretching",
        (_, 20) => "strength",
        (_, 43) => "yoga",
        (_, 44) => "pilates",
        (1, 3) => "trail_running",
        (1, _) => "running",
        (2, 5 | 6 | 58) | (4, 5 | 6) => "indoor_cycling",
        (2, 8) => "mountain_biking",
        (2 | 21, _) => "cycling",
        (4, 1) => "running",
        (4 | 15, 14) | (15, _) => "rowing",
        (4, _) => "cardio_machine",
        (5, _) => "swimming",
        (7 | 9 | 72 | 73 | 74, _) => "football",
        (6 | 70 | 75, _) => "court_sport",
        (8 | 64, _) => "racket_sport",
        (10, 26) => "hiit",
        (10, _) => "strength",
        (11, _) => "walking",
        (12, _) => "cross_country_skiing",
        (13 | 14, _) => "downhill_skiing",
        (16 | 17 | 35, _) => "hiking",
        (19 | 37 | 41 | 42 | 88, _) => "paddling",
        (30 | 33, _) => "skating",
        (31, _) => "climbing",
        (47 | 80, _) => "martial_arts",
        (62 | 84, _) => "hiit",
        (83, _) => "dancing",
        _ => OTHER,
    }
}

/// What Apple Health calls a workout, without `HKWorkoutActivityType` before it.
pub fn of_apple(kind: &str) -> &'static str {
    match kind {
        // "warm-up and therapeutic activities like foam rolling and stretching"
        "PreparationAndRecovery" => FOAM_ROLLING,
        "Running" | "TrackAndField" => "running",
        "Walking" => "walking",
        "Hiking" | "Snowshoeing" => "hiking",
        "Cycling" | "HandCycling" => "cycling",
        "Swimming" | "WaterFitness" | "WaterPolo" => "swimming",
        "Rowing" => "rowing",
        "PaddleSports" | "SurfingSports" => "paddling",
        "TraditionalStrengthTraining" | "FunctionalStrengthTraining" => "strength",
        "CoreTraining" | "Pilates" | "Barre" => "pilates",
        "HighIntensityIntervalTraining"
        | "CrossTraining"
        | "MixedCardio"
        | "MixedMetabolicCardioTraining"
        | "JumpRope" => "hiit",
        "Elliptical" | "StairClimbing" | "Stairs" | "StepTraining" => "cardio_machine",
        "Soccer" | "AmericanFootball" | "Rugby" | "AustralianFootball" | "Lacrosse" | "Hockey" => "football",
        "Basketball" | "Volleyball" | "Handball" | "DiscSports" => "court_sport",
        "Tennis" | "Badminton" | "Squash" | "TableTennis" | "Racquetball" | "Pickleball" | "PaddleRacquetSports" => {
            "racket_sport"
        }
        "Climbing" => "climbing",
        "CrossCountrySkiing" => "cross_country_skiing",
        "DownhillSkiing" | "Snowboarding" | "SnowSports" => "downhill_skiing",
        "SkatingSports" => "skating",
        "Dance" | "CardioDance" | "SocialDance" | "DanceInspiredTraining" => "dancing",
        "Boxing" | "Kickboxing" | "MartialArts" | "Wrestling" | "TaiChi" => "martial_arts",
        "Yoga" | "MindAndBody" => "yoga",
        "Flexibility" | "Cooldown" => "stretching",
        _ => OTHER,
    }
}

/// A kind of training in words, as Strava, intervals.icu, Training Center or a table of one's own have it; the usual
/// words of German, French, Spanish, Italian, Portuguese and Dutch too. The first that fits counts.
const WORDS: [(&str, &str); 112] = [
    ("foam", FOAM_ROLLING),
    ("faszienroll", FOAM_ROLLING),
    ("blackroll", FOAM_ROLLING),
    ("self-myofascial", FOAM_ROLLING),
    ("rouleau", FOAM_ROLLING),
    ("trail", "trail_running"),
    ("virtualride", "indoor_cycling"),
    ("virtual ride", "indoor_cycling"),
    ("virtuelle radfahrt", "indoor_cycling"),
    ("indoor cycling", "indoor_cycling"),
    ("indoor_cycling", "indoor_cycling"),
    ("spinning", "indoor_cycling"),
    ("mountainbik", "mountain_biking"),
    ("mountain bik", "mountain_biking"),
    ("mtb", "mountain_biking"),
    ("nordic ski", "cross_country_skiing"),
    ("nordicski", "cross_country_skiing"),
    ("langlauf", "cross_country_skiing"),
    ("ski de fond", "cross_country_skiing"),
    ("backcountryski", "cross_country_skiing"),
    ("rollerski", "cross_country_skiing"),
    ("roller ski", "cross_country_skiing"),
    ("cross country ski", "cross_country_skiing"),
    ("cross-country ski", "cross_country_skiing"),
    ("inline", "skating"),
    ("skat", "skating"),
    ("patin", "skating"),
    ("ski", "downhill_skiing"),
    ("snowboard", "downhill_skiing"),
    ("snowshoe", "hiking"),
    ("weighttraining", "strength"),
    ("weight training", "strength"),
    ("strength", "strength"),
    ("kraft", "strength"),
    ("gewicht", "strength"),
    ("musculation", "strength"),
    ("pesas", "strength"),
    ("pesi", "strength"),
    ("musculação", "strength"),
    ("krachttraining", "strength"),
    ("crossfit", "hiit"),
    ("highintensity", "hiit"),
    ("high intensity", "hiit"),
    ("hiit", "hiit"),
    ("circuit", "hiit"),
    ("elliptical", "cardio_machine"),
    ("crosstrainer", "cardio_machine"),
    ("stairstepper", "cardio_machine"),
    ("stair", "cardio_machine"),
    ("row", "rowing"),
    ("ruder", "rowing"),
    ("aviron", "rowing"),
    ("remo", "rowing"),
    ("canott", "rowing"),
    ("roeien", "rowing"),
    ("kayak", "paddling"),
    ("canoe", "paddling"),
    ("paddl", "paddling"),
    ("kajak", "paddling"),
    ("surf", "paddling"),
    ("swim", "swimming"),
    ("schwimm", "swimming"),
    ("natation", "swimming"),
    ("natación", "swimming"),
    ("nuoto", "swimming"),
    ("natação", "swimming"),
    ("zwem", "swimming"),
    ("hik", "hiking"),
    ("wander", "hiking"),
    ("randonn", "hiking"),
    ("senderismo", "hiking"),
    ("escursion", "hiking"),
    ("caminhada na natureza", "hiking"),
    ("walk", "walking"),
    ("spazier", "walking"),
    ("gehen", "walking"),
    ("marche", "walking"),
    ("caminata", "walking"),
    ("camminata", "walking"),
    ("caminhada", "walking"),
    ("wandeling", "walking"),
    ("soccer", "football"),
    ("fußball", "football"),
    ("football", "football"),
    ("fútbol", "football"),
    ("calcio", "football"),
    ("rugby", "football"),
    ("hockey", "football"),
    ("basketball", "court_sport"),
    ("volleyball", "court_sport"),
    ("handball", "court_sport"),
    ("tennis", "racket_sport"),
    ("badminton", "racket_sport"),
    ("squash", "racket_sport"),
    ("padel", "racket_sport"),
    ("pickleball", "racket_sport"),
    ("climb", "climbing"),
    ("kletter", "climbing"),
    ("boulder", "climbing"),
    ("escalad", "climbing"),
    ("arrampic", "climbing"),
    ("danc", "dancing"),
    ("tanz", "dancing"),
    ("box", "martial_arts"),
    ("martial", "martial_arts"),
    ("yoga", "yoga"),
    ("pilates", "pilates"),
    ("core", "pilates"),
    ("stretch", "stretching"),
    ("mobility", "stretching"),
    ("dehn", "stretching"),
    ("flexib", "stretching"),
];

/// Short words, looked for after the longer ones.
const SHORT: [(&str, &str); 21] = [
    ("run", "running"),
    ("lauf", "running"),
    ("jog", "running"),
    ("course", "running"),
    ("carrera", "running"),
    ("correr", "running"),
    ("corsa", "running"),
    ("corrida", "running"),
    ("hardlopen", "running"),
    ("bik", "cycling"),
    ("cycl", "cycling"),
    ("ride", "cycling"),
    ("radfahr", "cycling"),
    ("rad", "cycling"),
    ("vélo", "cycling"),
    ("sortie à", "cycling"),
    ("ciclismo", "cycling"),
    ("bici", "cycling"),
    ("pedalada", "cycling"),
    ("fiets", "cycling"),
    ("gym", "strength"),
];

/// A kind of training in words.
pub fn of_words(words: &str) -> &'static str {
    let lower = words.trim().to_lowercase();
    let mut known = WORDS.iter().chain(&SHORT);
    known.find(|(word, _)| lower.contains(word)).map_or(OTHER, |(_, sport)| sport)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sport_named_here_is_one_that_is_known() {
        let sports = &supple_knowledge::embedded().sports;
        for (word, sport) in WORDS.iter().chain(&SHORT) {
            assert!(sports.contains_key(*sport), "{word}: {sport}");
            assert_eq!(of_words(word), *sport, "{word} is hidden by one before it");
        }
        for (sport, kind) in (0..=255).flat_map(|sport| (0..=255).map(move |kind| (sport, kind))) {
            assert!(sports.contains_key(of_fit(sport, kind)), "{sport} {kind}");
        }
        assert_eq!(of_fit(254, 1), OTHER, "an unknown number is no mistake");
    }

    #[test]
    fn what_programs_call_things_is_known() {
        for (words, sport) in [
            ("Run", "running"),
            ("Trail Run", "trail_running"),
            ("Lauf", "running"),
            ("Ride", "cycling"),
            ("Radfahrt", "cycling"),
            ("Virtual Ride", "indoor_cycling"),
            ("Weight Training", "strength"),
            ("Workout", "other"),
            ("AlpineSki", "downhill_skiing"),
            ("NordicSki", "cross_country_skiing"),
            ("Biking", "cycling"),
            ("Other", "other"),
            ("Rock Climbing", "climbing"),
            ("E-Bike Ride", "cycling"),
            ("Course à pied", "running"),
            ("Foam rolling", "foam_rolling"),
            ("Inline Skate", "skating"),
        ] {
            assert_eq!(of_words(words), sport, "{words}");
        }
        assert_eq!(of_apple("PreparationAndRecovery"), FOAM_ROLLING);
        assert_eq!(of_apple("SomethingOfNextYear"), OTHER);
    }
}
