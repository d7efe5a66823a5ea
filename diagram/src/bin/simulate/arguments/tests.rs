use super::*;

fn parse(line: &str) -> Result<Command, String> {
    read(line.split_whitespace().map(OsString::from))
}

fn setting(written: &str) -> Setting {
    Setting::parse(written).expect(written)
}

#[test]
fn commands_are_understood() {
    for (line, topic) in [
        ("--help", None),
        ("help", None),
        ("run --help", Some("run")),
        ("run a -h", Some("run")),
        ("help sweep", Some("sweep")),
        ("check --help", Some("check")),
    ] {
        assert_eq!(parse(line), Ok(Command::Help(topic)), "{line}");
    }
    assert_eq!(
        parse("check a b"),
        Ok(Command::Check {
            files: vec!["a".into(), "b".into()],
            as_json: false,
        })
    );
    assert_eq!(
        parse("run --json a.toml --seed 7 --for 90s"),
        Ok(Command::Run(RunOptions {
            file: "a.toml".into(),
            runs: Runs {
                seed: Some(7),
                duration: Some(SimDuration::from_secs(90)),
                ..Runs::default()
            },
            as_json: true,
            ..RunOptions::default()
        }))
    );
    assert_eq!(
        parse("run -"),
        Ok(Command::Run(RunOptions {
            file: "-".into(),
            ..RunOptions::default()
        }))
    );
    assert_eq!(
        parse("sweep a --set users.rate=1/s,2/s --replications 5 --jobs 3 --metrics p99,ok --csv"),
        Ok(Command::Sweep(SweepOptions {
            file: "a".into(),
            runs: Runs {
                replications: Some(5),
                threads: Some(3),
                metrics: Some(vec!["p99".into(), "ok".into()]),
                ..Runs::default()
            },
            settings: vec![setting("users.rate=1/s,2/s")],
            form: Some(Form::Csv),
        }))
    );
    assert_eq!(
        parse("new a.toml --force"),
        Ok(Command::New {
            file: Some("a.toml".into()),
            is_forced: true,
        })
    );
}

#[test]
fn check_takes_any_number_of_files() {
    let Ok(Command::Check { files, .. }) = parse("check a b c d") else {
        panic!("it is understood");
    };
    assert_eq!(files.len(), 4);
}

#[test]
fn a_wrong_command_says_what_may_be_meant() {
    for (line, message) in [
        ("", "a command is missing"),
        ("rnu a", "there is no command `rnu`; did you mean `run`?"),
        (
            "swep a",
            "there is no command `swep`; did you mean `sweep`?",
        ),
        (
            "help chek",
            "there is no command `chek`; did you mean `check`?",
        ),
        (
            "paint",
            "there is no command `paint`; the commands are run, sweep, compare, check, new, schema, help",
        ),
        ("run", "run needs a file"),
        ("run a b", "run takes one file; check takes several"),
        (
            "run a --for 9",
            "--for 9: a duration needs its unit; write \"9s\"",
        ),
        ("run a --for 9h", "--for 9h is out of range: 100ms to 1h"),
        (
            "run a --for soon",
            "--for soon: \"soon\" does not begin with a number; write \"8ms\"",
        ),
        (
            "run a --seed abc",
            "--seed abc: a seed is a whole number from 0 to 9223372036854775807",
        ),
        (
            "check --seed a",
            "check has no option --seed; it is an option of run, sweep and compare",
        ),
        (
            "run a --sed 7",
            "run has no option --sed; did you mean --seed?",
        ),
        (
            "schema --quickly",
            "schema has no option --quickly; it has --help",
        ),
        ("run a --for", "missing argument for option '--for'"),
        (
            "run a --replications 1",
            "--replications 1: write a whole number from 2 to 10,000",
        ),
        (
            "run a --series cvs",
            "--series cvs: there is no such form; did you mean csv?",
        ),
        (
            "run a --out b",
            "--out says where --series goes, which is missing",
        ),
        (
            "run a --metrics p99",
            "--metrics needs --replications; without, run shows all",
        ),
        (
            "sweep a",
            "sweep needs something to change, such as --set users.rate=50,100,150",
        ),
        (
            "sweep a --set a.b=1..2/2 --csv --json",
            "--json and --csv exclude each other",
        ),
        (
            "compare a",
            "compare needs a second file, or --set with what is different, such as --set web.workers=4",
        ),
        (
            "compare a b --set c.d=1",
            "compare takes two files, or one and --set, but not both",
        ),
        ("compare a b c", "compare takes two files"),
    ] {
        assert_eq!(parse(line), Err(message.to_owned()), "{line}");
    }
    assert!(parse("run a --seed -1").is_err());
}
