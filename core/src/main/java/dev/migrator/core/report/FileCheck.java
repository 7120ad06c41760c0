package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether every file that the manifest names is there as it names it, and no other; and what is said to be missing. */
final class FileCheck {
    private static final String NAME = "files";
    private static final String WHAT_TO_DO = "nothing follows from this report; fetch it again";

    private FileCheck() {}

    static List<CheckLine> of(ReportContents contents) {
        var lines = new CheckLines(NAME);
        var files = new HashMap<>(contents.zip().files());
        var digests = new HashMap<Digest, String>();
        contents.manifest().files().forEach(file -> digests.putIfAbsent(file.digest(), file.name()));
        for (var named : contents.manifest().files()) {
            judge(named, files.remove(named.name()), digests, lines);
        }
        ReportRules.ALWAYS.stream()
                .filter(name -> contents.manifest().files().stream()
                        .noneMatch(file -> file.name().equals(name)))
                .forEach(name -> lines.fail(without(name).problem()));
        for (var own : List.of(ReportRules.MANIFEST, ReportRules.SIGNATURE)) {
            var file = files.remove(own);
            if (file != null && !file.sound()) {
                lines.fail(altered(own, "the bytes of its CRC-32", "other bytes"));
            }
        }
        files.keySet().stream().sorted().forEach(name -> lines.fail(added(name)));
        order(contents, lines);
        contents.unreadable().forEach(lines::fail);
        var all = new ArrayList<>(lines.passing(contents.manifest().files().size() + " files, each with its digest"));
        all.addAll(missing(contents));
        return all;
    }

    private static void judge(
            ReportManifest.File named, StoredZipReader.Stored found, Map<Digest, String> digests, CheckLines lines) {
        if (found == null) {
            lines.fail(without(named.name()).problem());
        } else if (!found.digest().equals(named.digest())) {
            var another = digests.get(found.digest());
            lines.fail(altered(
                    named.name(),
                    named.digest().toString(),
                    another == null ? found.digest().toString() : "the bytes of " + another));
        } else if (!found.sound() || found.bytes() != named.bytes()) {
            lines.fail(altered(
                    named.name(),
                    named.bytes() + " bytes with their CRC-32",
                    found.bytes() + " bytes, or another CRC-32"));
        }
    }

    /** Of files with the right bytes; moved ones are no harm, and still nobody else's work than somebody's who packed it anew. */
    private static void order(ReportContents contents, CheckLines lines) {
        var named = Stream.concat(
                        contents.manifest().files().stream().map(ReportManifest.File::name),
                        Stream.of(ReportRules.MANIFEST, ReportRules.SIGNATURE))
                .filter(contents.zip().files()::containsKey)
                .toList();
        var found = contents.zip().inOrder().stream().filter(named::contains).toList();
        if (!named.equals(found)) {
            int at = 0;
            while (at < named.size() && at < found.size() && named.get(at).equals(found.get(at))) {
                at++;
            }
            lines.fail(Problem.of("RPT-FILE-ORDER", "the files of the report are in another order")
                    .about("file " + (at + 1))
                    .expected(at < named.size() ? named.get(at) : "no further file")
                    .found(at < found.size() ? found.get(at) : "no further file")
                    .todo(WHAT_TO_DO));
        }
    }

    /** Said honestly when the report was made; its reader decides whether it matters. */
    private static List<CheckLine> missing(ReportContents contents) {
        var lines = new CheckLines(NAME);
        contents.manifest()
                .missing()
                .forEach(missing -> lines.notChecked(missing.what() + " is not in the report: "
                        + missing.why().code() + ", " + missing.why().message()));
        return lines.all();
    }

    static ProblemException without(String name) {
        return new ProblemException(Problem.of("RPT-FILE-MISSING", "a file of the report is not there")
                .about(name)
                .expected("the file")
                .found("nothing")
                .todo(WHAT_TO_DO));
    }

    private static Problem altered(String name, String expected, String found) {
        return Problem.of("RPT-FILE-ALTERED", "a file of the report was changed")
                .about(name)
                .expected(expected)
                .found(found)
                .todo(WHAT_TO_DO);
    }

    private static Problem added(String name) {
        return Problem.of("RPT-FILE-ADDED", "a file is in the report that does not belong to it")
                .about(name)
                .expected("the files that the manifest names")
                .found("one more")
                .todo(WHAT_TO_DO);
    }
}
