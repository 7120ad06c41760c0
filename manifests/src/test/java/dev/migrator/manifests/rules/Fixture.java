package dev.migrator.manifests.rules;

import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.error.Finding;
import dev.migrator.core.rules.Rule;
import dev.migrator.core.rules.Rule.Judged;
import dev.migrator.manifests.EnvironmentsFile;
import dev.migrator.manifests.Loaded;
import dev.migrator.manifests.Manifests;
import dev.migrator.schemachecks.SchemaChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * A folder of files that are judged together: manifests, one {@code environments.yaml}, or the {@code bundle.json} that
 * somebody else made. With a {@code target.json} the manifests are planned against what it says.
 *
 * <p>A file that ends in {@code .expand} is written out first: what stands between {@code @repeat N} and {@code @end}
 * stands there N times, with {@code {i}} counted from 1. So what is too large can be kept small here.
 */
record Fixture(Path folder) {
    private static final String EXPAND = ".expand";

    /** By which suppressions are judged here. */
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    List<Finding> judge(Rule rule, Path scratch) throws IOException {
        var files = expanded(scratch);
        if (rule.judged() == Judged.ENVIRONMENTS_FILE) {
            return EnvironmentsFile.load(files.resolve("environments.yaml")).findings();
        }
        if (Files.exists(files.resolve("bundle.json"))) {
            return BundleReader.read(CanonicalJson.parse(Files.readString(files.resolve("bundle.json"))))
                    .findings();
        }
        return Files.exists(files.resolve("target.json"))
                ? FixtureTarget.read(files.resolve("target.json")).plan(load(files))
                : load(files).findings();
    }

    private static Loaded load(Path files) {
        return Manifests.load(files, SchemaChecks.standard()).on(TODAY);
    }

    /** Whether a finding can name a line: one about a whole folder or bundle cannot. */
    static boolean hasLine(Finding finding) {
        return !finding.file().isEmpty() && finding.line() > 0;
    }

    private Path expanded(Path scratch) throws IOException {
        try (var below = Files.walk(folder)) {
            var files = below.filter(Files::isRegularFile).toList();
            if (files.stream().noneMatch(file -> file.toString().endsWith(EXPAND))) {
                return folder;
            }
            files.forEach(file -> expand(file, scratch));
            return scratch;
        }
    }

    private void expand(Path file, Path scratch) {
        var name = folder.relativize(file).toString();
        try {
            if (name.endsWith(EXPAND)) {
                var written = scratch.resolve(name.substring(0, name.length() - EXPAND.length()));
                Files.writeString(written, expand(Files.readAllLines(file)));
            } else {
                Files.copy(file, scratch.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String expand(List<String> lines) {
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("@repeat ")) {
                text.append(lines.get(i)).append('\n');
                continue;
            }
            int times = Integer.parseInt(lines.get(i).substring("@repeat ".length()));
            int end = i + lines.subList(i, lines.size()).indexOf("@end");
            var repeated = String.join("\n", lines.subList(i + 1, end)) + "\n";
            for (int n = 1; n <= times; n++) {
                text.append(repeated.replace("{i}", String.valueOf(n)));
            }
            i = end;
        }
        return text.toString();
    }
}
