package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the contract's own program is started; what it does is tested where it is. */
class TargetCommandTest {
    @TempDir
    Path home;

    @Test
    void theProgramGetsWhatWasAskedForAndItsEndIsTheCommands() throws IOException {
        standIn("System.exit(String.join(\",\", a)"
                + ".equals(\"http://x,--token-file,t,--type,route,--yes,--json\") ? 0 : 3);");

        var asked = new String[] {"target", "verify", "http://x", "--token-file", "t", "--type", "route", "--yes"};

        assertThat(Shell.run(home, with(asked, "-o", "json")).code()).isEqualTo(ExitCode.OK);
        assertThat(Shell.run(home, asked).code()).isEqualTo(ExitCode.ERROR);
    }

    @Test
    void aContractThatIsNotBuiltIsSaid() {
        var result = Shell.run(home, "target", "verify", "http://x", "--yes");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("CLI-VERIFY", "./migrator target verify");
    }

    private void standIn(String body) throws IOException {
        var target = Files.createDirectories(home.resolve("targets/verify/target/lib"))
                .getParent();
        var source = Files.writeString(
                home.resolve("Main.java"),
                "package dev.migrator.target.verify; class Main { public static void main(String[] a) { " + body
                        + " } }");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", target.resolve("classes").toString(), source.toString());
        assertThat(compiled).isZero();
    }

    private static String[] with(String[] some, String... more) {
        var all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
