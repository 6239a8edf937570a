//! The `manyidu` command. See `manyidu --help`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
