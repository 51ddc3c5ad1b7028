// Made by make.py with Python 3.11.2, numpy 1.24.2, scipy 1.10.1, scikit-learn 1.2.1. Not to be edited.

export const GOLDEN = {
  "sum of x1, x2, y1, y2": [2.661448151646858, 6.743945339342559, 1.0071601750362533, 25.076345221425342],
  "digamma at 0.5, 1, 2.5, 7, 30.5, 1000": [
    -1.9635100260214235, -0.5772156649015329, 0.7031566406452432, 1.872784335098467, 3.401243668961661,
    6.907255195648812,
  ],
  "normal quantile at 1e-12, 0.001, 0.07, 0.3, 0.5, 0.99": [
    -7.034483825301131, -3.090232306167813, -1.4757910281791706, -0.5244005127080409, 0.0, 2.3263478740408408,
  ],
  "scipy ksg x1 y1 k=3": 0.20573602060828744,
  "scipy ksg x1 y1 k=10": 0.23553281797257775,
  "scipy ksg x1,x2 y1,y2 k=4": 0.2987702231148788,
  "numpy ksg 2 x1 y1 k=3": 0.22528967662954624,
  "numpy ksg 2 x1,x2 y1,y2 k=4": 0.30642566927020365,
  "sklearn _compute_mi_cc x1 y1 k=3": 0.2050921340514944,
  "sklearn _compute_mi_cc x2 y2 k=5": 0.023692093139983328,
  "sklearn _compute_mi_cd labels y1 k=3": 0.1707700592484247,
  "sklearn _compute_mi_cd rare x1 k=5": 0.7384382558423033,
  "sklearn KernelDensity x1 y1 scott": 0.25233829972925226,
  "sklearn KernelDensity x1,x2 y1 silverman": 0.3232023992238956,
  "numpy kde leave one out x1 y1": 0.22125148668150718,
  "numpy fd x1 y1": 0.39031230238102976,
  "numpy 10 bins x1 y1": 0.3595080915313148,
  "sklearn mutual_info_score labels levels": 0.09022248986891923,
  "gcmi x1 y1": 0.23679104814752527,
  "gcmi x1,x2 y1,y2": 0.23327330452802642,
  "gcmi x1,x2 y1,y2 uncorrected": 0.24001868627340753,
} as const;
