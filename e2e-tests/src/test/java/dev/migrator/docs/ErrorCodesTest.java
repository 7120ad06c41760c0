package dev.migrator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The codes in {@code docs/errors.md} are those of the sources. */
class ErrorCodesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Z]{3}(?:-[A-Z0-9]+)+)` \\| \\S");
    private static final Pattern IN_CODE = Pattern.compile("\"([A-Z]{3}(?:-[A-Z0-9]+)+)\"");
    /** Words of the same shape that are no codes. */
    private static final Set<String> OTHERS = Set.of("SHA-256", "UTF-8");

    @Test
    void everyCodeOfTheSourcesIsDocumentedWithItsMeaning() throws IOException {
        assertThat(documented()).containsAll(inSources());
    }

    @Test
    void noCodeIsDocumentedThatTheSourcesDoNotHave() throws IOException {
        var elsewhere = Pattern.compile("LST-.*|MIG-.*"); // written in other forms in the local stack and the script
        assertThat(documented().stream().filter(code -> !elsewhere.matcher(code).matches()))
                .isSubsetOf(inSources());
    }

    private static Set<String> documented() throws IOException {
        return DOCUMENTED
                .matcher(Files.readString(ROOT.resolve("docs/errors.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> inSources() throws IOException {
        var codes = sources().stream()
                .flatMap(file -> IN_CODE.matcher(read(file)).results().map(found -> found.group(1)))
                .filter(code -> !OTHERS.contains(code))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(codes).hasSizeGreaterThan(100);
        return codes;
    }

    /** Never below a module's build folder: the servers of other tests write and delete there at the same time. */
    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                var ofTheBuild = name.equals("target") && Files.exists(folder.resolveSibling("pom.xml"));
                var ofFakes = name.endsWith("testkit"); // their codes reach nobody
                return ofTheBuild || ofFakes || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().contains("/src/main/java/")
                        && file.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
