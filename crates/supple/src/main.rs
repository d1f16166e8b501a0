fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let k = supple_knowledge::embedded();
        match supple_core::contract::answer_json(k, &line) {
            Ok(a) => println!("{}", supple_core::contract::answer_text(k, &a)),
            Err(e) => println!("{e:?}"),
        }
    }
}
