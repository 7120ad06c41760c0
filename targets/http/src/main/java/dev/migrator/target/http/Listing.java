package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.HttpReply;
import dev.migrator.target.httpclient.PathSegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lists the entries of all types, a page at a time. */
final class Listing {
    static final int PAGE = 1_000;

    private static final int MOST = 1_000_000;
    private static final int LONGEST_ADDRESS = 1_024;

    private record Page(List<String> addresses, boolean more) {}

    private final String target;
    private final ProtocolCalls calls;

    Listing(String target, ProtocolCalls calls) {
        this.target = target;
        this.calls = calls;
    }

    SortedSet<EntryKey> keys(Description system) throws TargetException {
        var keys = new TreeSet<EntryKey>();
        for (var type : system.typeNames()) {
            var after = "";
            boolean more = true;
            while (more) {
                var page = page(type, after);
                page.addresses().stream()
                        .map(address ->
                                new EntryKey(target, ExternalKind.ENTRY, new ExternalAddress(type, address).text()))
                        .forEach(keys::add);
                if (keys.size() > MOST) {
                    throw tooMany();
                }
                more = page.more();
                after = more ? page.addresses().getLast() : after;
            }
        }
        return keys;
    }

    private Page page(String type, String after) throws TargetException {
        var reply = calls.get("/entries?type=" + PathSegment.encoded(type) + "&limit=" + PAGE
                + (after.isEmpty() ? "" : "&after=" + PathSegment.encoded(after)));
        if (!reply.ok()) {
            throw reply.status() >= 500 ? ProtocolFaults.COMMON.notNow(reply) : ProtocolFaults.strange(reply);
        }
        try {
            return read(reply, after);
        } catch (Strange e) {
            throw ProtocolFaults.strange(reply, e.getMessage());
        }
    }

    private static Page read(HttpReply reply, String after) throws Strange {
        var answer = Read.object(reply.json().orElse(Value.NULL), "the answer");
        var listed = Read.items(answer, "addresses");
        if (listed.size() > PAGE) {
            throw new Strange("more addresses than asked for");
        }
        var addresses = new ArrayList<String>();
        var last = after;
        for (var one : listed) {
            if (!(one instanceof Value.Text(var address)) || address.isEmpty() || address.length() > LONGEST_ADDRESS) {
                throw new Strange("an address is no text of 1 to " + LONGEST_ADDRESS + " characters");
            }
            if (BY_CODE_POINT.compare(last, address) >= 0) {
                throw new Strange("the addresses do not ascend");
            }
            addresses.add(address);
            last = address;
        }
        boolean more = Read.flag(answer, "more");
        if (more && addresses.isEmpty()) {
            throw new Strange("more is true after no address");
        }
        return new Page(addresses, more);
    }

    /** The order of the bytes in UTF-8, whatever language a server is written in. */
    static final Comparator<String> BY_CODE_POINT = (a, b) -> {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return java.util.Arrays.compare(left, right);
    };

    private TargetException.Refused tooMany() {
        return new TargetException.Refused(
                Problem.of("TGT-TOO-MANY", "the target holds more than can be listed")
                        .about("target " + target)
                        .expected("at most " + MOST + " entries")
                        .found("more"),
                null);
    }
}
