package dev.migrator.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An example of a CI system: its form, checked strictly, and the scripts in it. */
enum CiFile {
    GITHUB("github-actions.yml") {
        private static final Set<String> TOP = Set.of("name", "on", "permissions", "concurrency", "env", "jobs");
        private static final Set<String> JOB = Set.of(
                "runs-on", "timeout-minutes", "permissions", "steps", "if", "needs", "environment", "env", "strategy");
        private static final Set<String> STEP = Set.of("name", "uses", "with", "run", "if", "env");

        @Override
        void requireForm() throws IOException {
            var file = document();
            assertThat(names(file)).isSubsetOf(TOP).contains("on", "jobs", "permissions");
            var jobs = (Value.Obj) file.get("jobs");
            jobs.fields().forEach((name, job) -> {
                assertThat(names(job)).as(name).isSubsetOf(JOB).contains("runs-on", "steps", "timeout-minutes");
                var needs = ((Value.Obj) job).get("needs");
                if (!needs.isNull()) {
                    assertThat(names(jobs)).as("needs of " + name).contains(text(needs));
                }
                for (Value.Obj step : steps(job)) {
                    assertThat(names(step)).as(name).isSubsetOf(STEP);
                    assertThat(step.get("uses").isNull())
                            .as("a step uses an action or runs a script: " + step)
                            .isNotEqualTo(step.get("run").isNull());
                    if (!step.get("uses").isNull()) {
                        assertThat(text(step.get("uses"))).matches("[a-z-]+/[a-z-]+@v[0-9]+");
                    }
                }
            });
        }

        @Override
        List<String> scripts() throws IOException {
            return ((Value.Obj) document().get("jobs"))
                    .fields().values().stream()
                            .sorted(java.util.Comparator.comparingInt(job ->
                                    List.of("package", "test", "production").indexOf(nameOf(job))))
                            .flatMap(job -> steps(job).stream())
                            .filter(step -> !step.get("run").isNull())
                            .map(step -> text(step.get("run")))
                            .toList();
        }

        private String nameOf(Value job) {
            try {
                return ((Value.Obj) document().get("jobs"))
                        .fields().entrySet().stream()
                                .filter(entry -> entry.getValue().equals(job))
                                .findFirst()
                                .orElseThrow()
                                .getKey();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private List<Value.Obj> steps(Value job) {
            return items(((Value.Obj) job).get("steps"));
        }
    },

    GITLAB("gitlab-ci.yml") {
        private static final Set<String> GLOBAL = Set.of("stages", "workflow", "default", "variables", "include");
        private static final Set<String> JOB = Set.of(
                "stage",
                "script",
                "rules",
                "artifacts",
                "environment",
                "resource_group",
                "needs",
                "before_script",
                "variables",
                "image");

        @Override
        void requireForm() throws IOException {
            var file = document();
            var stages = ((Value.Arr) file.get("stages")).items();
            for (String name : jobs(file)) {
                var job = (Value.Obj) file.get(name);
                assertThat(names(job)).as(name).isSubsetOf(JOB).contains("stage", "script");
                assertThat(stages).as("stage of " + name).contains(job.get("stage"));
            }
            assertThat(jobs(file)).hasSameSizeAs(stages);
        }

        @Override
        List<String> scripts() throws IOException {
            var file = document();
            return Stream.concat(
                            Stream.of("default"),
                            ((Value.Arr) file.get("stages")).items().stream().map(CiFile::text))
                    .map(name -> (Value.Obj) file.get(name))
                    .flatMap(job -> Stream.of(job.get("before_script"), job.get("script")))
                    .filter(script -> !script.isNull())
                    .flatMap(script -> ((Value.Arr) script).items().stream().map(CiFile::text))
                    .toList();
        }

        private List<String> jobs(Value.Obj file) {
            return file.fields().keySet().stream()
                    .filter(name -> !GLOBAL.contains(name))
                    .toList();
        }
    };

    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*\\.migrator/migrator (.*)$");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{[^}]*}}");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private final Path path;

    CiFile(String name) {
        this.path = Path.of("..", "examples", "ci", name);
    }

    /** Fails where the file is not of the form that the system documents. */
    abstract void requireForm() throws IOException;

    /** Scripts in the order in which they run. */
    abstract List<String> scripts() throws IOException;

    /** Arguments of each call of the tool, with sample values for what the system fills in. */
    List<List<String>> commands() throws IOException {
        var commands = new ArrayList<List<String>>();
        for (String script : scripts()) {
            COMMAND.matcher(filledIn(script)).results().forEach(call -> commands.add(words(call.group(1))));
        }
        return commands;
    }

    /** An expression of the system as one word. */
    static String filledIn(String script) {
        return EXPRESSION.matcher(script).replaceAll("4be21d0c").replaceAll("\\$CI_COMMIT_SHA", "4be21d0c");
    }

    /** Up to where the shell goes on with something else. */
    private static List<String> words(String call) {
        return WORD.matcher(call.split(" (\\|\\||&&|>|\\|) ", 2)[0])
                .results()
                .map(word -> Stream.of(word.group(1), word.group(2), word.group(3))
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    Value.Obj document() throws IOException {
        var read = YamlReader.standard().read(Files.readAllBytes(path), path.toString());
        assertThat(read.findings()).isEmpty();
        assertThat(read.documents()).hasSize(1);
        return (Value.Obj) read.documents().getFirst().value();
    }

    private static Set<String> names(Value value) {
        return ((Value.Obj) value).fields().keySet();
    }

    private static List<Value.Obj> items(Value array) {
        return ((Value.Arr) array).items().stream().map(Value.Obj.class::cast).toList();
    }

    private static String text(Value value) {
        return ((Value.Text) value).value();
    }
}
