"""The one settings module: what the environment says, with defaults that run on one machine."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from backend.config.secret_key import read_or_make_secret_key

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("EARSHOT_DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# A served installation (docker compose) has users from elsewhere: no sample sign-in there.
IS_SERVED = env.bool("EARSHOT_SERVED", False)
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "") or read_or_make_secret_key(
    DATA_DIR / "secret_key", may_make=not IS_SERVED
)
# The machine itself may always ask: health checks do.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Real services are chosen by the presence of their URL.
REDIS_URL = env.str("REDIS_URL", "")
MEILI_URL = env.str("MEILI_URL", "")
MEILI_API_KEY = env.str("MEILI_API_KEY", "")
SEARCH_DIR = DATA_DIR / "search"
# A static model that excerpts are found by what they mean with; nothing is loaded if none is there.
MEANING_DIR = Path(env.str("MEANING_MODEL", "") or DATA_DIR / "meaning")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "backend.accounts",
    "backend.workspaces",
    "backend.jobs",
    "backend.studies",
    "backend.sources",
    "backend.personas",
    "backend.tagging",
    "backend.synthesis",
    "backend.memos",
    "backend.sharing",
    "backend.discovery",
    "backend.sample",
    "backend.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "backend.config.static_files.WholeFiles",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "backend.config.urls"
ASGI_APPLICATION = "backend.config.asgi.application"
WSGI_APPLICATION = "backend.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": []},
    }
]

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{DATA_DIR / 'earshot.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads first and writes later can't fail as "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        ),
    }
    # Tests on a file, as in use: several threads can't share SQLite's memory without odd locks.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SERVED and env.bool("EARSHOT_HTTPS", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SERVED else None
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "") or "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

# The address people type, for links in mails. Served installations say it for CSRF already.
PUBLIC_URL = env.str("PUBLIC_URL", "").rstrip("/") or next(
    (origin for origin in CSRF_TRUSTED_ORIGINS if "*" not in origin),
    f"http://127.0.0.1:{env.int('PORT', 8000)}",
)
# Without it no mail is sent. smtp+tls://user:password@mail.example.org:587
EMAIL_URL = env.str("EMAIL_URL", "")
HAS_MAIL = bool(EMAIL_URL)
if HAS_MAIL:
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = (
    env.str("EMAIL_FROM", "") or f"Earshot <earshot@{urlsplit(PUBLIC_URL).hostname}>"
)

STATIC_URL = "/static/"
PAGES_DIR = BASE_DIR / "frontend" / "dist"
WHITENOISE_ROOT = PAGES_DIR if PAGES_DIR.is_dir() else None
WHITENOISE_USE_FINDERS = True

MEDIA_DIR = DATA_DIR / "media"
STORAGE_QUOTA_BYTES = env.int("STORAGE_QUOTA_BYTES", 200 * 1024**3)
UPLOAD_MAXIMUM_BYTES = env.int("UPLOAD_MAXIMUM_BYTES", 20 * 1024**3)
# Bodies above this go to a temporary file; upload chunks are read as a stream, never whole.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "backend.accounts.authentication.ApiTokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "backend.common.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "backend.common.errors.answer_error",
    "DEFAULT_THROTTLE_RATES": {"sign_in": env.str("SIGN_IN_RATE", "20/min")},
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # Otherwise “?format=vtt” would ask for a renderer of that name instead of an export.
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Earshot",
    "DESCRIPTION": "Interviews in, evidence out.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "backend.config.schema.require_answered_fields",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "QuadrantEnum": "backend.tagging.models.Quadrant",
        "AspectEnum": "backend.tagging.models.Aspect",
        "RoleEnum": "backend.workspaces.roles.Role",
        "SpeakerRoleEnum": "backend.sources.models.SpeakerRole",
        "SessionKindEnum": "backend.studies.models.SessionKind",
        "SessionStateEnum": "backend.sources.session_state.SessionState",
        "JobKindEnum": "backend.jobs.models.JobKind",
        "JobStateEnum": "backend.jobs.models.JobState",
        "TranscriptStateEnum": "backend.sources.models.TranscriptState",
        "SourceKindEnum": "backend.sources.models.SourceKind",
        "StanceEnum": "backend.synthesis.models.Stance",
        "StorySectionEnum": "backend.synthesis.models.StorySection",
        "InsightStatusEnum": "backend.synthesis.models.InsightStatus",
        "MemoSubjectEnum": "backend.memos.models.MemoSubject",
    },
}

# Celery carries doorbells only: the Job rows are the record of work.
BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "media"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Jobs are watched and cancelled through their rows; Celery's own remote control is not needed.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT = "backend.config.doorbell:Transport"
    BROKER_DIR.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "polling_interval": 0.1,
    }

JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 60)
JOB_SWEEP_SECONDS = env.float("JOB_SWEEP_SECONDS", 10.0)
JOB_ATTEMPTS_MAXIMUM = 3
# So many workers at most share one long recording, and leave the others to shorter ones.
JOB_PARTS_AT_ONCE = env.int("JOB_PARTS_AT_ONCE", 4)

# What runs Whisper's weights: whisper (PyTorch), or faster-whisper, which is an extra.
SPEECH_ENGINE = env.str("SPEECH_ENGINE", "whisper")
WHISPER_MODEL = env.str("WHISPER_MODEL", "base")
WHISPER_DEVICE = env.str("WHISPER_DEVICE", "")
WHISPER_THREADS = env.int("WHISPER_THREADS", 1)
WHISPER_MAY_DOWNLOAD = env.bool("WHISPER_MAY_DOWNLOAD", True)
MODELS_DIR = Path(env.str("EARSHOT_MODELS_DIR", str(DATA_DIR / "models")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"celery.redirected": {"level": "WARNING"}},
}
