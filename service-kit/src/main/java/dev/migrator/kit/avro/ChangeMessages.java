package dev.migrator.kit.avro;

import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.events.v1.ChangeRequested;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/** Changes come from anybody, so every field is checked here, before anything is made of them. */
final class ChangeMessages {
    static final int MOST_INLINE_BYTES = 256 << 10;
    static final Pattern COMMIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern RESTORED = Pattern.compile("(snapshot|migration) [A-Za-z0-9._/-]{1,200}");
    private static final Pattern PURGED = Pattern.compile("retired by [0-9TZ:.-]{1,40}");
    static final Pattern KEY = Pattern.compile("[A-Za-z0-9._/-]{1,512}");

    private ChangeMessages() {}

    static ChangeRequested of(ChangeRequest change) {
        return new ChangeRequested(
                change.id().value(),
                change.environment(),
                change.bundleDigest().toString(),
                change.commit(),
                change.requester(),
                Parts.of(change.intent()),
                change.inlineBundle().map(ByteBuffer::wrap).orElse(null),
                change.bundleUri().orElse(null),
                Parts.text(change.exactPlan()),
                Parts.text(change.selector()),
                change.overwritesDrift() ? true : null,
                Parts.titled(Document.Kind.RESTORE, change.document()),
                Parts.titled(Document.Kind.PURGE, change.document()),
                change.fleet().orElse(null));
    }

    static ChangeRequest change(ChangeRequested event) {
        var inline = Optional.ofNullable(event.getBundle()).map(Parts::bytes);
        var uri = Optional.ofNullable(event.getBundleUri());
        requireOne(inline, uri);
        var change = new ChangeRequest(
                Parts.id(event.getMigrationId()),
                shaped("CHG-ENVIRONMENT", "environment", NAME, event.getEnvironment()),
                Parts.intent(event.getIntent()),
                Parts.digest("bundleDigest", event.getBundleDigest()),
                uri.map(u -> shaped("CHG-BUNDLE-URI", "bundleUri", KEY, u)),
                inline,
                shaped("CHG-COMMIT", "commit", COMMIT, event.getCommit()),
                shaped("CHG-REQUESTER", "requester", NAME, event.getRequester()),
                Parts.digestOrNone("planDigest", event.getPlanDigest()),
                Parts.selector(event.getSelector()));
        var whole = Boolean.TRUE.equals(event.getOverwritesDrift()) ? change.overwritingDrift() : change;
        var known = document(event).map(whole::with).orElse(whole);
        return fleet(event).map(known::ofFleet).orElse(known);
    }

    /** A run looks for its migrations under these ids; any other would be one that it never hears of. */
    private static Optional<String> fleet(ChangeRequested event) {
        if (event.getFleet() == null) {
            return Optional.empty();
        }
        var expected = new FleetId(event.getFleet()).childText(event.getEnvironment());
        if (!event.getMigrationId().equals(expected)) {
            throw Parts.malformed(
                    "CHG-FLEET", "migrationId", expected + ", as it belongs to a fleet", event.getMigrationId());
        }
        return Optional.of(event.getFleet());
    }

    /** Exactly one of both, the first one not too large. */
    static void requireOne(Optional<byte[]> inline, Optional<String> uri) {
        if (inline.isPresent() == uri.isPresent()) {
            throw Parts.malformed(
                    "CHG-BUNDLE", "bundle, bundleUri", "exactly one of them", inline.isPresent() ? "both" : "neither");
        }
        if (inline.isPresent() && inline.get().length > MOST_INLINE_BYTES) {
            throw Parts.malformed(
                    "CHG-BUNDLE-SIZE",
                    "bundle",
                    "at most " + MOST_INLINE_BYTES + " bytes, a larger one in the bucket and its key in bundleUri",
                    inline.get().length + " bytes");
        }
    }

    private static Optional<Document> document(ChangeRequested event) {
        if (event.getRestores() != null && event.getPurges() != null) {
            throw Parts.malformed("CHG-DOCUMENT", "restores, purges", "at most one of them", "both");
        }
        return Parts.document(
                shapedOrNull("CHG-RESTORES", "restores", RESTORED, event.getRestores()),
                shapedOrNull("CHG-PURGES", "purges", PURGED, event.getPurges()));
    }

    private static String shapedOrNull(String code, String field, Pattern shape, String text) {
        return text == null ? null : shaped(code, field, shape, text);
    }

    static String shaped(String code, String field, Pattern shape, String text) {
        if (text.isBlank() || !shape.matcher(text).matches()) {
            throw Parts.malformed(code, field, "text of the shape " + shape, text);
        }
        return text;
    }
}
