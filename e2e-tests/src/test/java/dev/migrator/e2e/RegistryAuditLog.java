package dev.migrator.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A registry's own log: it writes down each call that changes something, read or tried calls are not among them. */
final class RegistryAuditLog {
    /** One change that the registry carried out, e.g. {@code createArtifact} in group {@code e2e}. */
    record Change(String action, String group) {}

    private static final Pattern LINE = Pattern.compile("apicurio\\.audit action=\"(\\w+)\" result=\"success\" (.*)");
    private static final Pattern GROUP = Pattern.compile("\\bgroup_id=\"([^\"]*)\"");
    private static final String TRIED = "dryRun=\"true\"";

    private final Path file;

    RegistryAuditLog(SharedStack stack, String environment) {
        this.file = stack.stack().layout().log("registry-" + environment);
    }

    /** How long it is now, in bytes. */
    long end() throws IOException {
        return Files.size(file);
    }

    /** What was changed since it was so long, in order. */
    List<Change> after(long bytes) throws IOException {
        byte[] all = Files.readAllBytes(file);
        var since = new String(all, (int) bytes, all.length - (int) bytes, StandardCharsets.UTF_8);
        return LINE.matcher(since)
                .results()
                .filter(line -> !line.group(2).contains(TRIED))
                .map(line -> new Change(line.group(1), group(line.group(2))))
                .toList();
    }

    private static String group(String parameters) {
        var group = GROUP.matcher(parameters);
        return group.find() ? group.group(1) : "";
    }
}
