package dev.callbus.asset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callbus.twilio.TwilioProtocol.SyncItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an asset's text lies in a Sync map, whose items hold 16 KiB: a short one in one item under its key, a long one in parts
 * whose keys name its digest, and a head under its key that says which parts count. So a reader sees the old text or the new one,
 * never half of either, and writing the same text twice writes the same items.
 *
 * @param head the item under the key itself, as JSON
 * @param parts the other items by key, as JSON
 *
 * <p>Source of the limit: twilio.com/docs/sync/limits
 */
record SyncText(String head, Map<String, String> parts) {
    /** Bytes of JSON in one item; what is left to 16 KiB is for what surrounds them. */
    private static final int ROOM = 15_000;

    private static final Pattern PART = Pattern.compile("(?<key>[A-Za-z0-9_-]+)\\.(?<digest>[0-9a-f]{16})\\.[0-9]+");
    private static final JsonMapper JSON = new JsonMapper();

    /** The items of a context. */
    static SyncText ofContext(String key, String text) {
        return size(text) <= ROOM ? whole(content(text)) : split(key, text);
    }

    /** The items of a manifest, which is a JSON object. */
    static SyncText ofManifest(String key, String text) {
        return size(text) <= ROOM ? whole(text) : split(key, text);
    }

    /** The key and the digest that the keys of all parts begin with; empty without parts. */
    Optional<String> name() {
        return parts.keySet().stream().findFirst().map(part -> part.substring(0, part.lastIndexOf('.')));
    }

    /** Whether two items hold the same JSON, however it is written. */
    static boolean isSame(String one, String other) {
        return parse(one).equals(parse(other));
    }

    /** Whether the item is a part of a longer text. */
    static boolean isPart(SyncItem item) {
        return PART.matcher(item.key()).matches();
    }

    /** The key and the digest of the text that this item is a part of. */
    static Optional<String> textOf(SyncItem part) {
        var matcher = PART.matcher(part.key());
        return matcher.matches() ? Optional.of(matcher.group("key") + "." + matcher.group("digest")) : Optional.empty();
    }

    /** The key and the digest of the text whose parts this head names. */
    static Optional<String> partsOf(SyncItem head) {
        var json = parse(head.data());
        return isHead(json) ? Optional.of(head.key() + "." + json.path("digest").asText()) : Optional.empty();
    }

    /** The text under this head; empty if a part of it is missing. */
    static Optional<String> read(SyncItem head, Map<String, SyncItem> items) {
        var json = parse(head.data());
        if (!isHead(json)) {
            var content = json.path("content");
            return Optional.of(content.isTextual() ? content.textValue() : head.data());
        }
        var text = new StringBuilder();
        for (int i = 1; i <= json.path("parts").asInt(); i++) {
            var part = items.get(partKey(head.key(), json.path("digest").asText(), i));
            if (part == null) {
                return Optional.empty();
            }
            text.append(parse(part.data()).path("content").asText());
        }
        return digest(text.toString()).equals(json.path("digest").asText())
                ? Optional.of(text.toString())
                : Optional.empty();
    }

    private static SyncText whole(String head) {
        return new SyncText(head, Map.of());
    }

    private static SyncText split(String key, String text) {
        var digest = digest(text);
        var parts = new LinkedHashMap<String, String>();
        for (var piece : pieces(text)) {
            parts.put(partKey(key, digest, parts.size() + 1), content(piece));
        }
        var head = JSON.createObjectNode().put("digest", digest).put("parts", parts.size());
        return new SyncText(head.toString(), parts);
    }

    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        int begin = 0;
        int room = ROOM;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int size = size(text.codePointAt(i));
            if (size > room) {
                pieces.add(text.substring(begin, i));
                begin = i;
                room = ROOM;
            }
            room -= size;
        }
        pieces.add(text.substring(begin));
        return pieces;
    }

    private static int size(String text) {
        return text.codePoints().map(SyncText::size).sum();
    }

    /** Bytes of a character in JSON at most, however it is escaped. */
    private static int size(int codePoint) {
        if (codePoint >= 0x10000) {
            return 12;
        }
        if (codePoint < 0x20 || codePoint >= 0x7f) {
            return 6;
        }
        return codePoint == '"' || codePoint == '\\' ? 2 : 1;
    }

    private static boolean isHead(JsonNode json) {
        return json.path("digest").isTextual() && json.path("parts").isInt();
    }

    private static String partKey(String key, String digest, int number) {
        return key + "." + digest + "." + number;
    }

    private static String content(String text) {
        return JSON.createObjectNode().put("content", text).toString();
    }

    private static JsonNode parse(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
