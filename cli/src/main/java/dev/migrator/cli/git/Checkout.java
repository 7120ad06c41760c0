package dev.migrator.cli.git;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a folder of manifests stands at.
 *
 * @param commit its first 40 digits, which are all in most repositories
 * @param author name and address as git has them
 * @param committedAt of the commit, to the second
 * @param differing files of the folder that are not as in the commit, ascending: changed, added, missing, or never
 *     committed, also where git is told to ignore them
 */
public record Checkout(String commit, String author, Instant committedAt, List<String> differing) {
    /** Files that git ignores matter only where they can be manifests, or what manifests refer to. */
    private static final List<String> MANIFESTS = List.of(".yaml", ".yml", ".avsc", ".json", ".proto");

    /** A change's commit has at most 64 characters, with a mark where files differ. */
    private static final int DIGITS = 40;

    public Checkout {
        differing = List.copyOf(differing);
    }

    public boolean dirty() {
        return !differing.isEmpty();
    }

    /** @throws ProblemException {@code PKG-NO-COMMIT} outside a repository, {@code PKG-NO-GIT} without git */
    public static Checkout of(Path folder) {
        var git = new Git(folder);
        var head = git.ask("log", "-1", "--no-show-signature", "--format=%H%n%an <%ae>%n%ct", "HEAD")
                .map(text -> text.lines().toList())
                .filter(lines -> lines.size() == 3)
                .orElseThrow(() -> new ProblemException(Problem.of("PKG-NO-COMMIT", "the folder stands at no commit")
                        .about(folder.toString())
                        .expected("a folder in a git repository with a commit")
                        .found("none")
                        .todo("commit the manifests, or name the commit with --commit")));
        var status = git.ask(
                        "status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignored=traditional", "--", ".")
                .orElseThrow(() -> new ProblemException(Problem.of("PKG-GIT", "git did not answer")
                        .about("git status")
                        .todo("run it by hand, or name the commit with --commit")));
        return new Checkout(
                head.get(0).substring(0, DIGITS),
                head.get(1),
                Instant.ofEpochSecond(Long.parseLong(head.get(2))),
                differing(status));
    }

    /** Entries are {@code XY path}, ended by a zero; a rename is followed by the path it had. */
    private static List<String> differing(String status) {
        var files = new ArrayList<String>();
        var entries = List.of(status.split("\0"));
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.length() < 4) {
                continue;
            }
            var state = entry.substring(0, 2);
            var path = entry.substring(3);
            if (!state.equals("!!") || canBeManifest(path)) {
                files.add(path);
            }
            if (state.contains("R") || state.contains("C")) {
                i++;
            }
        }
        return files.stream().sorted().toList();
    }

    private static boolean canBeManifest(String path) {
        var name = path.toLowerCase(Locale.ROOT);
        return MANIFESTS.stream().anyMatch(name::endsWith);
    }
}
