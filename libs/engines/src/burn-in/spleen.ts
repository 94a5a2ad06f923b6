// Written by scripts/glyphs.mjs from Spleen 2.2.0, a font of bitmaps. Its notice, which must stay with it:
// Copyright (c) 2018-2026, Frederic Cambus. BSD 2-Clause, see docs/THIRD_PARTY_LICENSES.md.

/** Cell size in pixels, and the available characters. */
export const SPLEEN = {
  width: 8,
  height: 16,
  /** Ranges of codes, first and last. */
  codes: [
    '32-126 161-383 913-915 917-919 921-922 924-925 927-929 932 935 956-957 959 1025 1030-1031 1038',
    '1040-1103 1105 1110-1111 1118 1168-1169 8208 8211-8212 8214 8216-8217 8220-8221 8224-8226 8230',
    '8364',
  ].join(' '),
  /** Base64 of deflated bytes: each character row by row, eight pixels a byte. */
  bitmaps: [
    'lVm9ix03EBexWVwsxyPFY4vjksr1YofHFsthUqS6PyDlVsKFcF5lTBCb4L8gRUjh0qXLlKmWGESK5ThCWJZzeLi6yphXvVzx',
    '2ItHGkkzens2luF8vx19zJdmNHNCpKNwQxSFhVJKyehKTUrZHxYu2ouLC71cLpf7hf2QSZUXRbmSjZtfKaWq9WXf/xi2p9sd',
    'FWXZNE1TlsUR4HWR51mWZXlerHGKrIubopaUxZZv4j6WEbRiRi7HHuxsz+w6+0Ebc77ZXRmjcV717HurAdxDmyzLi7IxU8R1',
    'lmV+ftf1fd9PeZ47PJmu2xO6BmxM2H9y+5Vl6enGaEK3v7dxvWedSIzYbWCZa8oiz6j0UQGWZCcF/uF44c8X+s/Ly8vLTUfO',
    'n4AH4zDwbvnf4+YdjjbSTUK/JvSAu4g3VkaHTXJeiw7o9R/wNszvr/s4v0v4Me+nwZD9jLm6Gobzc4+151cT+Qh/SB8GXeRM',
    'fhP51+ChKO+N56+I8phEPmOMqhYUD9P7wJ9RlaL8WvOH/SdnvK5z/ndahnHqxLd3x94ay34ehhVwUSkjbhuTEGWRH3zWWRv5',
    '79B9vX2DCyA9y+zsMB/oxkyBflKWpS6jvzs66N+JGPY3wbkrq87jgIOG125+P263Y4/zgzqOw/7vhmEYTBSb7R9MrBP6Prqo',
    '8UbwmPiHk18H+wTxTgLdJPpg9rcYGHwSsarAA9L1xAXAAyaMl6CHNfw8IuE6OKCjHHltufGgPaPBg/mrEPfav2C09zBeN01z',
    '3TToby4ASyl9AH79WtYF/CtIvgj/iVo2JUyXdZ7J2uaL1Luev3j58uWL507/VV6f1ULzKQ9lLx9SPw2m8KOm+/3x6vdXr3C/',
    'ZCdIP9VhKoD84exTneVVQxYd38+z+9GVRE7TCo7ejp1ziXYYhqeQ/5aHyWYmQxXg3HXKX8J1Lx/K3v36qHv07XfvinL9z68n',
    'd+9GrP5+ni9OhGh++frL31SkO/uWTef8uyxiQLc8lBxXiuMHZxwrlc6vGBaiHcdxGsdx3KT5AeQti5AAWjyf4UpxrBIM62k+',
    'yBMM6ymWkmMhtJRyBw6pUT6WD1A/IR6gfgJG/QSM+glYJXRyn93vX2hzfj4MV1dG/+zOY/mhKDmuFMdKzc5vY34QIT67CPWs',
    '7/uxN2b416d/Fs/BnylegIQEQ6hg8V9xeqUqThdCPFku24uLJ2l+sP4O59N8AOdTDOezfKE4hvxE8wGspxgehixfSI7H9ZjT',
    'eA/y0XzQBA/QUT8EL4IHxPUsfyiV5hMbW0gEABcY0P72PJof8uABUR8sfyh12/wkf2L+ivMtXYvkvsKXaD+wJqOr1L7xPZjf',
    'y9j7ADDe5/geyMMXer8jfRG+tF5X/P0WviB/C06HPMrpe/r+VNUyeY/w+y9E9hWjax5v3Jfof6pK6KAfQi+KdH3B/Z28h4P+',
    'kA4Y5bvm8sX1qK0N8w/yfkL+Ih3583TkL9KRv/j+iu9xl5/c/fR09EaaL4LDYbC74e/3bkvfcw/OkngM94fezzaN16KldFkn',
    'dClrft9jveD0G9+P1j+Lg/0FX/+fxPEuxI8ri59m2THNL9sQb9h7NNYjriKL79NQkZp+9O/VohSsXoEUyd+vHcuf9H0LWFUL',
    'tl5Vi5n1fR/9EUirVaQ3zeNn67dvm+bU07+pq/Ua6RBdWL0E93k/X08F+ZCO/PH14M8s3jbdbftlWc72s1gf5FdN4y3Gr0hX',
    '4YvFsk/oKzXyeA3vlw28X0g+G4YN5jOUfh/4dfmL1AOxPgz6QDrqg6939zusx2ipQz7H+OnrC7z/kY7xM9YfsR6N5zs6ns/X',
    'Y/zUM/VrnhesngGsqsUNLS+sv7F6x5LbWE/Y9drT4b3F9A/3n2Itkno5fPHxl9NV+ILxseL0itNln6wH+8/V55jPaP0F2Gfj',
    'UK+7/BzqN6S3zD4k/6qE/sG6E6vn8/BlwujM6fHLhPrndLAnrQ+h3l6XJe8vfayfMxkfUOb7N0n/4ZP9mrQ/87n9mCkYZL4/',
    'M9NvYf2TtD6bqb81e78n+ZvLk9YT6F3k/X2gX58f95/onyFzx7WyYzLz+h+GQVcaHA73y1z/0Z9vfH1hPH8UH9qjTfR7aB8u',
    'z+faJ+0PzvXHaH9rYWUbBr24vR9mx0937mR0fRb0gxskGOdvt2VZr1arVR332202m80u5kdKB/2eEv76D/X9bjcMQx/11yb9',
    'pKQe0tYBkJ/1OI77pN+UZTq+N0m/aT/TPwORdAUeQNfXsf7j/aYkPuJ9sA+S5DzSb3IuQPebPt0vM7f3z6j9Z/pxaX9LowMs',
    'PtoPQ3s63NKO0EE/zeIfwvytNXBN6Ltof+sCnL63HhD12w/DLtjf6a8N8if16kH/MqlHiX3cEdYXWH/Rf7ml3zX3942IJRlz',
    'f29Jcfr3nRRjbg8XOGD6J5iirg8aXm/e+I7aqrlurpuVlf9/',
  ].join(''),
} as const;
