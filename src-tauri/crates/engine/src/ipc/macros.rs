//! The command table's macro: one row per command gives the `Command` enum, its names, the dispatch and the
//! TypeScript map.

/// Makes the command table. A row is `/// doc`, `name(Args) -> Reply => handler;`.
macro_rules! commands {
    ($( $(#[doc = $doc:literal])+ $name:ident ( $args:ty ) -> $reply:ty ; )+) => {
        /// Every command the web view can give, adjacently tagged: an unknown name or field is a parse error.
        #[derive(serde::Deserialize)]
        #[serde(tag = "name", content = "args", rename_all = "snake_case", deny_unknown_fields)]
        #[allow(non_camel_case_types, reason = "variants are the commands' names on the wire")]
        pub enum Command {
            $( $(#[doc = $doc])+ $name($args), )+
        }

        impl Command {
            /// Names of all commands.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// The command's name.
            pub fn name(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )+ }
            }
        }

        /// What runs a command: one method a command, of the same name.
        #[allow(missing_docs, reason = "documented in the table")]
        pub trait Commands: Sync {
            $( $(#[doc = $doc])+ fn $name(&self, args: $args) -> impl Future<Output = Result<$reply, Problem>> + Send; )+
        }

        /// Runs a command; the reply as JSON.
        pub async fn dispatch<C: Commands>(on: &C, command: Command) -> Result<serde_json::Value, Problem> {
            match command {
                $( Command::$name(args) => reply(Box::pin(on.$name(args)).await), )+
            }
        }

        /// The TypeScript map of commands.
        pub fn typescript_map(cfg: &ts_rs::Config) -> String {
            let mut out = String::from("export interface Commands {\n");
            $(
                $( out.push_str(&format!("  /**{} */\n", $doc)); )+
                out.push_str(&format!("  {}: [{}, {}];\n", stringify!($name),
                    <$args as ts_rs::TS>::name(cfg), <$reply as ts_rs::TS>::name(cfg)));
            )+
            out.push_str("}\n");
            out
        }

        /// Collects the types the table mentions, each once.
        pub fn visit_types(visitor: &mut impl ts_rs::TypeVisitor) {
            $( visitor.visit::<$args>(); <$args as ts_rs::TS>::visit_generics(visitor);
               visitor.visit::<$reply>(); <$reply as ts_rs::TS>::visit_generics(visitor); )+
        }
    };
}
pub(crate) use commands;
