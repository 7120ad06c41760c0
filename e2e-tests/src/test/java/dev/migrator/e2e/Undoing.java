package dev.migrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Main;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChecklistLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Help;

/** What a person does with an undo kit, on a machine of their own. */
final class Undoing {
    static final List<String> SERVICES =
            List.of("executor-service", "planner-service", "snapshot-service", "verifier-service", "console-service");
    private static final Pattern KIT = Pattern.compile("kit (sha256:[0-9a-f]{64}) at (\\S+), read back.*");

    private final SharedStack stack;
    private final Path folder;

    /** @param folder takes kits and credentials */
    Undoing(SharedStack stack, Path folder) {
        this.stack = stack;
        this.folder = folder;
    }

    record Result(int code, String out, String err) {}

    /** As the checklist names it, out of the place where the store keeps its objects. */
    Path kitOf(String id) throws IOException {
        var line = stack
                .migrations()
                .await(id, "an undo kit", status -> status.checklist().stream().anyMatch(Undoing::isKept))
                .checklist()
                .stream()
                .filter(Undoing::isKept)
                .findFirst()
                .orElseThrow();
        var found = KIT.matcher(line.evidence());
        assertThat(found.matches()).as(line.evidence()).isTrue();
        var kit = Files.writeString(folder.resolve(id + ".json"), stack.object(found.group(2)));
        assertThat(Digest.of(Files.readAllBytes(kit)).toString()).isEqualTo(found.group(1));
        return kit;
    }

    private static boolean isKept(ChecklistLine line) {
        return line.name().equals("undo-kit") && line.mark() == ChecklistLine.Mark.PASSED;
    }

    Result undo(Path kit, Path targets, String... more) {
        var arguments = new ArrayList<>(List.of("undo", "--kit", kit.toString(), "--wait", "11"));
        arguments.addAll(List.of("--target", targets.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** Where the receipt goes, and further arguments. */
    String[] withBucket(String... more) throws IOException {
        var s3 = stack.stack().s3();
        var credentials = Files.writeString(
                folder.resolve("bucket.properties"),
                "access-key=" + s3.accessKey() + "\nsecret-key=" + s3.secretKey() + "\n");
        var arguments = new ArrayList<>(
                List.of("--bucket", s3.endpoint() + "/migrator", "--bucket-credentials", credentials.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
