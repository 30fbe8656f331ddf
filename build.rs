//! Rebuilds when a migration comes: the macro that embeds the folder does not watch it.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
