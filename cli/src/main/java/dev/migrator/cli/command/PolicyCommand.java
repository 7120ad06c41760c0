package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.PolicyText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.policy.DefaultPolicies;
import dev.migrator.policy.LoadedPolicies;
import dev.migrator.policy.PoliciesFile;
import dev.migrator.policy.PolicyTests;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "policy",
        description = "Try and show policies: the platform team's rules over resources, changes and plans.",
        subcommands = {PolicyCommand.Test.class, PolicyCommand.Defaults.class})
public final class PolicyCommand {
    @Command(
            name = "test",
            description =
                    "Check a policies file, and run the examples in it; without FILE, those of the default policies.")
    static final class Test implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "policies.yaml")
        private Path file;

        @Override
        public Integer call() {
            var loaded = file == null ? DefaultPolicies.loaded() : PoliciesFile.load(file);
            if (loaded.policies().isEmpty()) {
                Inputs.report(loaded.findings(), terminal);
                return ExitCode.REFUSED;
            }
            var outcomes = PolicyTests.run(loaded.policies().get(), loaded.tests());
            if (terminal.json()) {
                terminal.print(json(loaded, outcomes));
            } else {
                terminal.print(new PolicyText(terminal.colors()).of(loaded, outcomes));
            }
            var failed = outcomes.stream().anyMatch(outcome -> outcome.problem().isPresent());
            return failed ? ExitCode.REFUSED : ExitCode.OK;
        }

        private static Value json(LoadedPolicies loaded, List<PolicyTests.Outcome> outcomes) {
            var policies = loaded.policies().orElseThrow();
            return Value.object(
                    "policies",
                            Value.array(policies.names().stream().map(Value::of).toList()),
                    "untested",
                            Value.array(PolicyTests.untested(policies, loaded.tests()).stream()
                                    .map(Value::of)
                                    .toList()),
                    "tests",
                            Value.array(outcomes.stream()
                                    .map(outcome -> Value.object(
                                            "name", Value.of(outcome.test().name()),
                                            "policy", Value.of(outcome.test().policy()),
                                            "passed", Value.of(outcome.problem().isEmpty()),
                                            "problem",
                                                    outcome.problem()
                                                            .<Value>map(StatusJson::problem)
                                                            .orElse(Value.NULL)))
                                    .toList()));
        }
    }

    @Command(
            name = "defaults",
            description = "Print the default policies as they are shipped, to read or to start from.")
    static final class Defaults implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Override
        public Integer call() {
            terminal.print(DefaultPolicies.text().stripTrailing());
            return ExitCode.OK;
        }
    }
}
