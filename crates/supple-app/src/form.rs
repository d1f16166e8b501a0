//! A posted form: names and values in the order they came.

use std::str::FromStr;

/// A form, or the query of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads an urlencoded form. Nothing is an error here: what cannot be read is taken as it stands.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The first value of that name that is not empty, without space around it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim()).find(|value| !value.is_empty())
    }

    /// Whether a box of that name is ticked, or a button of that name was pressed.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Every value of that name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Every value of that name that can be read as `T`.
    pub fn read_all<T: FromStr>(&self, name: &str) -> impl Iterator<Item = T> {
        self.all(name).filter_map(|value| value.parse().ok())
    }

    /// The first value of that name, read as `T`; nothing if it is missing or cannot be read.
    #[must_use]
    pub fn read<T: FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).and_then(|value| value.parse().ok())
    }

    /// Names and values whose name begins so, with the rest of the name.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value.trim())))
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let form = Form::parse("minutes=10&tool=foam_roller&tool=stick&name=left+calf%21&empty=");
        assert_eq!(form.read::<u32>("minutes"), Some(10));
        assert_eq!(form.all("tool").collect::<Vec<_>>(), ["foam_roller", "stick"]);
        assert_eq!(form.get("name"), Some("left calf!"));
        assert_eq!(form.get("empty"), None);
        assert!(form.has("empty") && !form.has("missing"));
    }

    #[test]
    fn bytes_that_are_no_form_are_taken_as_they_stand() {
        assert_eq!(Form::parse("%zz=%&&=&=").get("%zz"), Some("%"));
    }
}
