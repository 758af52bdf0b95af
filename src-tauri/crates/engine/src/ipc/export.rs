//! Writes `ui/src/lib/ipc/generated.ts` from the command table; a test fails when the committed file differs.

use super::{events::Event, table};
use std::any::TypeId;
use std::collections::BTreeMap;
use ts_rs::{Config, TS, TypeVisitor};

struct Collect<'a> {
    cfg: &'a Config,
    seen: Vec<TypeId>,
    decls: BTreeMap<String, String>,
}

impl TypeVisitor for Collect<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.decls.insert(
                T::ident(self.cfg),
                format!("{docs}export {}\n", T::decl(self.cfg)),
            );
        }
    }
}

/// The whole generated file.
pub fn typescript() -> String {
    let cfg = Config::new().with_large_int("number");
    let mut collect = Collect {
        cfg: &cfg,
        seen: Vec::new(),
        decls: BTreeMap::new(),
    };
    table::visit_types(&mut collect);
    collect.visit::<Event>();
    let mut out = String::from("// Made from the command table by `cargo xtask types`. Do not edit.\n\n");
    for decl in collect.decls.values() {
        out.push_str(decl);
        out.push('\n');
    }
    out.push_str(&table::typescript_map(&cfg));
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_types_are_up_to_date() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../ui/src/lib/ipc/generated.ts"
        );
        let made = super::typescript();
        if std::env::var_os("GATEHOUSE_WRITE_TYPES").is_some() {
            std::fs::create_dir_all(std::path::Path::new(path).parent().expect("has a parent"))
                .expect("folder");
            std::fs::write(path, &made).expect("written");
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            found == made,
            "ui/src/lib/ipc/generated.ts is out of date: run `cargo xtask types`"
        );
    }
}
