//! The real files are read, and every rule can fail.

#[test]
fn the_embedded_knowledge_has_the_counts_of_the_catalogue() {
    let knowledge = supple_knowledge::embedded();
    assert_eq!(knowledge.techniques.len(), 62);
    assert_eq!(knowledge.zones.len(), 42);
    assert_eq!(knowledge.cautions.len(), 63);
    assert_eq!(knowledge.measures.len(), 29);
    assert_eq!(knowledge.regions.len(), 33);
    assert_eq!(knowledge.tools.len(), 7);
    assert_eq!(knowledge.claims.len(), 19);
    assert_eq!(knowledge.stop_signals.len(), 7);
}
