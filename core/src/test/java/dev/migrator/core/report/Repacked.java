package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a report, to be changed and put together again in the right form. */
final class Repacked {
    final Map<String, byte[]> files = new LinkedHashMap<>();

    Repacked(byte[] report) {
        var zip = StoredZipReader.open(Sample.source(report));
        zip.inOrder().forEach(name -> files.put(name, zip.find(name).orElseThrow()));
    }

    /** With the manifest as it is. */
    byte[] bytes() {
        return bytes(List.copyOf(files.keySet()));
    }

    byte[] bytes(List<String> order) {
        var out = new ByteArrayOutputStream();
        var zip = new StoredZipWriter(out);
        order.forEach(name -> zip.add(name, files.get(name)));
        zip.finish();
        return out.toByteArray();
    }

    ReportManifest.File named(String name) {
        return new ReportManifest.File(name, files.get(name).length, Digest.of(files.get(name)));
    }

    /** By somebody who has the key: with the digests of the files as they are now, and nothing else in the manifest changed. */
    byte[] signedAnew() {
        return signedAnew(List.of());
    }

    /** @param also what the manifest names beside the files that are there */
    byte[] signedAnew(List<ReportManifest.File> also) {
        var was = ManifestJson.read(files.remove(ReportRules.MANIFEST));
        files.remove(ReportRules.SIGNATURE);
        var named = Stream.concat(files.keySet().stream().map(this::named), also.stream())
                .toList();
        var manifest = ManifestJson.bytes(new ReportManifest(
                was.migration(),
                was.environment(),
                was.commit(),
                was.requester(),
                was.state(),
                was.ended(),
                was.plan(),
                was.beforeHash(),
                was.endHash(),
                was.made(),
                was.audit(),
                named,
                was.missing(),
                was.key()));
        files.put(ReportRules.MANIFEST, manifest);
        files.put(ReportRules.SIGNATURE, ReportWriter.signature(Sample.sign(manifest)));
        return bytes();
    }
}
